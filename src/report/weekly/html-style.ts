// The one style sheet of the weekly report: screen, phone and paper. Text has a contrast of 4.5 to 1 or more (WCAG 2.2, 1.4.3).

export const STYLE = `
:root{color-scheme:light dark;--ink:#1c1917;--dim:#57534e;--paper:#fff;--soft:#f5f5f4;--line:#d6d3d1;--accent:#1d4ed8;
--bad:#b42318;--bad-soft:#fef3f2;--warn:#92400e;--warn-soft:#fffbeb;--good:#166534;
--documented:#3b6fb6;--shadow:#d9730d;--zombie:#9f1239;--ai:#6d4fc2;--unowned:#57534e;--orphan:#78716c}
@media screen and (prefers-color-scheme:dark){:root{--ink:#f5f5f4;--dim:#b8b2ac;--paper:#171514;--soft:#221f1d;--line:#44403c;--accent:#93b4ff;
--bad:#fda29b;--bad-soft:#3a1512;--warn:#fcd34d;--warn-soft:#33270a;--good:#86efac;
--documented:#6f9fdf;--shadow:#f59e4b;--zombie:#f27089;--ai:#a990f0;--unowned:#a8a29e;--orphan:#a8a29e}}
*{box-sizing:border-box}
body{background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;margin:0}
header,main,footer{margin:0 auto;max-width:70rem;padding:0 1.5rem}
header{padding-top:2rem}footer{color:var(--dim);font-size:.875rem;padding-bottom:2rem}
h1{font-size:1.75rem;line-height:1.2;margin:0 0 .25rem}
h2{border-bottom:2px solid var(--line);font-size:1.25rem;line-height:1.3;margin:2.5rem 0 1rem;padding-bottom:.35rem}
h3{font-size:1rem;line-height:1.4;margin:0}
.period{color:var(--dim);margin:0}
a{color:var(--accent)}
a:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.state{border:1px solid var(--line);border-radius:1rem;font-size:.8125rem;padding:.05rem .6rem;white-space:nowrap}
.summary{background:var(--soft);border-left:4px solid var(--accent);border-radius:0 .5rem .5rem 0;margin:1.5rem 0;padding:1rem 1.25rem}
.summary p{margin:0 0 .5rem}.summary p:first-child{font-weight:600}.summary p:last-child{margin:0}
.tiles{display:grid;gap:.75rem;grid-template-columns:repeat(4,1fr);list-style:none;margin:0;padding:0}
.tiles li{border:1px solid var(--line);border-radius:.5rem;padding:.65rem .9rem}
.tiles b{display:block;font-size:2rem;font-variant-numeric:tabular-nums;line-height:1.2}
.tiles span{display:block;font-size:.875rem}
.tiles small{color:var(--dim);font-size:.8125rem}.tiles small.bad{color:var(--bad)}.tiles small.good{color:var(--good)}
nav ul{columns:15rem;list-style:none;margin:1.25rem 0 0;padding:0}nav li{break-inside:avoid;padding:.15rem 0}
nav .count{color:var(--dim);font-variant-numeric:tabular-nums}
.charts{display:grid;gap:1.25rem;grid-template-columns:repeat(auto-fill,minmax(min(100%,17.5rem),1fr))}
.chart{border:1px solid var(--line);border-radius:.5rem;break-inside:avoid;margin:0;padding:.75rem .9rem}
.chart figcaption{font-size:.9375rem;font-weight:600}
.chart svg{display:block;height:auto;width:100%}
.chart text{fill:var(--dim);font-size:12px}.chart text.value{fill:var(--ink);font-size:15px;font-weight:600}
.chart .base{stroke:var(--line)}
.c-documented{fill:var(--documented)}.c-shadow{fill:var(--shadow)}.c-zombie{fill:var(--zombie)}.c-ai{fill:var(--ai)}
.c-unowned{fill:var(--unowned)}.c-orphan{fill:var(--orphan)}
.legend{display:flex;flex-wrap:wrap;font-size:.8125rem;gap:.25rem 1rem;list-style:none;margin:.25rem 0 0;padding:0}
.legend svg{display:inline;height:10px;width:10px}
.card{border:1px solid var(--line);border-radius:.5rem;break-inside:avoid;margin:0 0 1rem;padding:.9rem 1.1rem}
.card h3 a{overflow-wrap:anywhere;text-decoration:none}.card h3 a:hover{text-decoration:underline}
.marks{display:flex;flex-wrap:wrap;gap:.4rem;list-style:none;margin:.4rem 0 0;padding:0}
.mark{background:var(--soft);border-radius:.25rem;display:inline-block;font-size:.8125rem;font-weight:600;padding:.1rem .5rem;white-space:nowrap}
.mark.bad{background:var(--bad-soft);color:var(--bad)}.mark.warn{background:var(--warn-soft);color:var(--warn)}
.facts{display:grid;font-size:.875rem;gap:.4rem 1.25rem;grid-template-columns:repeat(auto-fill,minmax(min(100%,14rem),1fr));margin:.75rem 0}
.facts dt{color:var(--dim);font-size:.8125rem}.facts dd{margin:0;overflow-wrap:anywhere}
.advice{margin:0 0 .5rem}
pre{background:var(--soft);border-radius:.35rem;font:.8125rem/1.5 ui-monospace,"DejaVu Sans Mono",monospace;margin:0;overflow-wrap:anywhere;padding:.5rem .75rem;white-space:pre-wrap}
table{border-collapse:collapse;font-size:.875rem;margin:0 0 1.25rem;width:100%}
caption{color:var(--dim);font-weight:600;padding:0 0 .4rem;text-align:left}
th,td{border-bottom:1px solid var(--line);padding:.45rem .75rem .45rem 0;text-align:left;vertical-align:top}
td{min-width:6rem;overflow-wrap:anywhere}th{font-size:.8125rem}
th.number,td.number{min-width:0;font-variant-numeric:tabular-nums;padding-right:1.25rem;text-align:right;white-space:nowrap}
td.place{min-width:14rem}
.more{color:var(--dim);font-size:.875rem}
details{font-size:.875rem;margin-top:1rem}summary{cursor:pointer}
details .scroll{overflow-x:auto}
@media screen and (max-width:40rem){
header,main,footer{padding-left:1rem;padding-right:1rem}
h1{font-size:1.4rem}
.tiles{grid-template-columns:repeat(2,1fr)}
.card .facts{grid-template-columns:1fr}.card .facts div{display:grid;gap:.5rem;grid-template-columns:7.5rem 1fr}
nav ul{columns:1}
.stacks thead{clip-path:inset(50%);height:1px;overflow:hidden;position:absolute;white-space:nowrap;width:1px}
.stacks,.stacks caption,.stacks tbody{display:block}.stacks tr{border-bottom:1px solid var(--line);display:block;padding:.5rem 0}
.stacks td,.stacks td.number{border:0;display:grid;gap:.5rem;grid-template-columns:6.5rem 1fr;min-width:0;padding:.1rem 0;text-align:left;white-space:normal}
.stacks td::before{color:var(--dim);content:attr(data-label)}
.mark{white-space:normal}
}
@media print{
:root{color-scheme:light}@page{margin:16mm}
body{font-size:10.5pt}header,main,footer{max-width:none;padding:0}
nav{display:none}h2{break-after:avoid}tr{break-inside:avoid}
.mark,.summary,.tiles li,rect,pre{print-color-adjust:exact;-webkit-print-color-adjust:exact}
.charts{grid-template-columns:repeat(3,1fr)}
a{color:inherit;text-decoration:none}
}
`;
