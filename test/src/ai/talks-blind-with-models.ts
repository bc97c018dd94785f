// Talks with models in odd wrappers and many languages, written before anybody looked at how the weights judge them.
import type { Talk, Turn } from "./talks.ts";
import { pieces } from "./talks.ts";

type More = Partial<Omit<Talk, "turns">>;
type Row = readonly [ask: unknown, say: unknown, ms?: number, path?: string];

function talk(name: string, path: string, rows: readonly Row[], more: More = {}): Talk {
  const turns = rows.map(([ask, say, ms, at]): Turn => ({
    ask,
    say,
    ms: ms ?? 2100,
    ...(at !== undefined && { path: at }),
  }));
  return { name, kind: "chat-completion", method: "POST", path, turns, ...more };
}

const events = (text: string, event: string, frame: (piece: string) => unknown, end: unknown) =>
  `${pieces(text)
    .map((piece) => `event: ${event}\ndata: ${JSON.stringify(frame(piece))}\n\n`)
    .join("")}event: finished\ndata: ${JSON.stringify(end)}\n\n`;

const COMPLETION = { kind: "completion" } as const;

export const BLIND_WITH_MODELS: readonly Talk[] = [
  talk("German, three envelopes deep", "/bff/anfrage", [
    [
      {
        meta: { v: 3 },
        payload: {
          vorgang: { inhalt: "Wie hoch ist der Selbstbehalt in der Kaskoversicherung bei Hagelschäden?" },
        },
      },
      {
        meta: { v: 3, ok: true },
        payload: {
          vorgang: {
            ergebnis: {
              inhalt:
                "Bei Hagelschäden gilt in der Teilkasko ein Selbstbehalt von 150 Euro, sofern im Vertrag nichts anderes steht. In der Vollkasko sind es meistens 300 Euro.",
            },
          },
        },
      },
      2600,
    ],
    [
      {
        meta: { v: 3 },
        payload: {
          vorgang: { inhalt: "Darf mein Sohn mit siebzehn begleitet fahren, ohne dass es teurer wird?" },
        },
      },
      {
        meta: { v: 3, ok: true },
        payload: {
          vorgang: {
            ergebnis: {
              inhalt:
                "Ja, begleitetes Fahren ab siebzehn ist eingeschlossen. Melden Sie Ihren Sohn bitte als Fahrer, der Beitrag steigt dadurch in der Regel nur wenig.",
            },
          },
        },
      },
      2300,
    ],
  ]),
  talk("French, turns as arrays", "/v2/echange", [
    [
      { tours: [["moi", "Quel vin servir avec un poulet rôti aux herbes ?"]] },
      {
        tours: [
          ["moi", "Quel vin servir avec un poulet rôti aux herbes ?"],
          [
            "lui",
            "Un bourgogne blanc souple convient très bien, par exemple un mâcon. Si vous préférez le rouge, choisissez un pinot noir léger et servez-le un peu frais.",
          ],
        ],
      },
      2800,
    ],
    [
      {
        tours: [
          ["moi", "Quel vin servir avec un poulet rôti aux herbes ?"],
          ["lui", "Un bourgogne blanc souple convient très bien."],
          ["moi", "Et pour le dessert au chocolat noir ?"],
        ],
      },
      {
        tours: [
          [
            "lui",
            "Avec un dessert au chocolat noir, un banyuls ou un maury apporte des notes de fruits cuits. Évitez les vins secs, ils paraîtraient amers à côté du chocolat.",
          ],
        ],
      },
      2500,
    ],
  ]),
  talk(
    "Turkish form, JSON back",
    "/yardim/sor.php",
    [
      [
        "soru=Kargom%20ka%C3%A7%20g%C3%BCnde%20%C4%B0zmir%27e%20ula%C5%9F%C4%B1r%3F&dil=tr",
        {
          sonuc:
            "Kargonuz İzmir'e genellikle iki iş günü içinde ulaşır. Yoğun dönemlerde bu süre üç güne kadar uzayabilir, takip numarasıyla durumunu görebilirsiniz.",
        },
        1900,
      ],
      [
        "soru=%C4%B0ade%20i%C3%A7in%20fatura%20gerekli%20mi%3F&dil=tr",
        {
          sonuc:
            "Evet, iade işleminde faturanın aslını veya e-fatura çıktısını ürünle birlikte göndermeniz gerekir. Fatura yoksa müşteri hizmetleri sipariş numarasından bulabilir.",
        },
        2200,
      ],
    ],
    { askType: "application/x-www-form-urlencoded" },
  ),
  talk("GraphQL mutation, Portuguese", "/graphql", [
    [
      {
        query: "mutation P($t: String!) { perguntar(texto: $t) { resposta } }",
        variables: { t: "Como faço para parcelar a fatura do cartão em atraso?" },
      },
      {
        data: {
          perguntar: {
            resposta:
              "Você pode parcelar a fatura em atraso pelo aplicativo, na aba Cartões. Escolha o número de parcelas, confira os juros e confirme com a senha.",
          },
        },
      },
      2700,
    ],
    [
      {
        query: "mutation P($t: String!) { perguntar(texto: $t) { resposta } }",
        variables: { t: "Meu limite diminuiu sem aviso, o que aconteceu?" },
      },
      {
        data: {
          perguntar: {
            resposta:
              "O limite é revisto todo mês conforme o uso e os pagamentos. Se ele diminuiu, peça uma nova análise no aplicativo e em até cinco dias você recebe a resposta.",
          },
        },
      },
      2300,
    ],
  ]),
  talk("JSON-RPC of its own", "/rpc", [
    [
      {
        jsonrpc: "2.0",
        id: 1,
        method: "concierge.reply",
        params: ["Which museums in Lisbon are open late on Fridays?"],
      },
      {
        jsonrpc: "2.0",
        id: 1,
        result: [
          "On Fridays the MAAT stays open until late, and the Gulbenkian runs evening concerts in summer. Check the website before you go, since hours change with the season.",
        ],
      },
      1700,
    ],
    [
      {
        jsonrpc: "2.0",
        id: 2,
        method: "concierge.reply",
        params: ["Can we walk from the hotel to the castle with a stroller?"],
      },
      {
        jsonrpc: "2.0",
        id: 2,
        result: [
          "You can, but the last part is steep and cobbled. With a stroller I would take the lift at Rua dos Fanqueiros and walk the remaining ten minutes.",
        ],
      },
      1900,
    ],
  ]),
  talk(
    "XML both ways, Russian",
    "/gate/spravka",
    [
      [
        '<?xml version="1.0"?><zapros><tekst>Какие документы нужны для замены паспорта в двадцать лет?</tekst></zapros>',
        '<?xml version="1.0"?><otvet><tekst>Для замены паспорта нужны заявление, старый паспорт, две фотографии и квитанция об оплате пошлины. Подать документы можно в МФЦ или через портал.</tekst></otvet>',
        2400,
      ],
      [
        '<?xml version="1.0"?><zapros><tekst>Сколько времени занимает оформление загранпаспорта?</tekst></zapros>',
        '<?xml version="1.0"?><otvet><tekst>Загранпаспорт обычно оформляют за месяц по месту жительства и до трёх месяцев в другом регионе. Срок считается со дня подачи всех документов.</tekst></otvet>',
        2100,
      ],
    ],
    { askType: "application/xml", sayType: "application/xml" },
  ),
  talk(
    "plain text answer",
    "/q",
    [
      [
        { q: "how do i get red wine out of a wool carpet" },
        "Blot it first, never rub. Mix a little mild detergent with cool water and white vinegar, dab it on from the outside in, then rinse with a damp cloth and let it dry flat.",
        1500,
      ],
      [
        { q: "my basil keeps dying on the window sill, why" },
        "Most likely it is too wet and too cold at night. Let the top of the soil dry before watering, move it away from the glass and pinch off flowers early.",
        1600,
      ],
      [
        { q: "can i freeze cooked rice" },
        "Yes. Cool it quickly, within an hour, freeze it in flat portions and use it within a month. Reheat it until it is steaming all the way through.",
        1300,
      ],
    ],
    { sayType: "text/plain; charset=utf-8" },
  ),
  talk(
    "custom event names, Spanish",
    "/asistente/flujo",
    [
      [
        { entrada: "Explícame qué es una hipoteca inversa en pocas palabras" },
        events(
          "Una hipoteca inversa es un préstamo para personas mayores que usan su vivienda como garantía. El banco paga una renta mensual y la deuda se devuelve al vender la casa o al heredarla.",
          "trozo",
          (p) => ({ x: p }),
          { fin: true },
        ),
        3100,
      ],
      [
        { entrada: "¿Qué gastos tiene cancelarla antes de tiempo?" },
        events(
          "Cancelarla antes de tiempo suele tener una comisión de hasta el uno por ciento, más los gastos de notaría y registro. Conviene pedir el detalle por escrito al banco.",
          "trozo",
          (p) => ({ x: p }),
          { fin: true },
        ),
        2700,
      ],
    ],
    { sayType: "text/event-stream" },
  ),
  talk(
    "websocket helper, English",
    "/live",
    [
      [
        `${JSON.stringify({ t: "in", d: "What is the cheapest way to ship a bike from Ghent to Porto?" })}\n`,
        pieces(
          "The cheapest way is usually a bus company that takes bikes in a bag, or a courier with a box of standard size. Take off the pedals, turn the handlebar and pad the frame well.",
        )
          .map((d) => JSON.stringify({ t: "out", d }))
          .join("\n"),
        3000,
      ],
      [
        `${JSON.stringify({ t: "in", d: "Do I need insurance for it?" })}\n`,
        pieces(
          "Couriers cover only a small amount by weight. If the bike is worth more than a few hundred euros, add transport insurance and keep photos of how you packed it.",
        )
          .map((d) => JSON.stringify({ t: "out", d }))
          .join("\n"),
        2600,
      ],
    ],
    { sayType: "websocket", method: "GET" },
  ),
  talk("Japanese helper", "/api/soudan", [
    [
      { shitsumon: "引っ越しのとき、電気とガスの手続きはいつまでにすればいいですか。" },
      {
        kaitou:
          "電気は引っ越しの一週間前まで、ガスは立ち会いが必要なので二週間前までに連絡すると安心です。どちらもインターネットで申し込めます。",
      },
      2200,
    ],
    [
      { shitsumon: "粗大ごみを出すにはどうすればよいですか。" },
      {
        kaitou:
          "まず区の受付センターに電話かウェブで申し込み、手数料のシールをコンビニで買ってください。指定された日の朝八時までに出してください。",
      },
      2000,
    ],
  ]),
  talk("Chinese helper", "/kefu/wenda", [
    [
      { wenti: "我的快递显示已签收但是没有收到怎么办?" },
      {
        huida:
          "请先看看是否由门卫或邻居代收,再联系快递员核实。如果仍然找不到,可以在订单页面申请赔付,我们会在两个工作日内处理。",
        biaoshi: 71,
      },
      2300,
    ],
    [
      { wenti: "换货的运费由谁来承担?" },
      {
        huida:
          "如果是商品质量问题,换货的运费由商家承担。如果是尺码不合适,需要您自己承担寄回的运费,建议购买运费险。",
        biaoshi: 72,
      },
      2100,
    ],
  ]),
  talk("Arabic helper", "/musaid", [
    [
      { sual: "كيف يمكنني تجديد رخصة القيادة قبل انتهاء صلاحيتها؟" },
      {
        jawab:
          "يمكنك تجديد رخصة القيادة عبر المنصة الإلكترونية بعد إجراء فحص النظر وسداد الرسوم. تصلك الرخصة الجديدة بالبريد خلال ثلاثة أيام عمل.",
      },
      2300,
    ],
    [
      { sual: "هل أحتاج إلى حجز موعد لفحص السيارة؟" },
      {
        jawab:
          "نعم، يجب حجز موعد مسبق لفحص السيارة من خلال الموقع. اختر أقرب مركز ثم احضر قبل الموعد بعشر دقائق مع استمارة المركبة.",
      },
      2500,
    ],
  ]),
  talk("Hindi helper", "/sahayata", [
    [
      { prashn: "मेरा बिजली का बिल इस महीने इतना ज़्यादा क्यों आया है?" },
      {
        uttar:
          "इस महीने आपकी खपत पिछले महीने से लगभग दुगुनी रही है और दर का स्लैब भी बदल गया है। मीटर की रीडिंग एक बार जाँच लें और गलती हो तो शिकायत दर्ज करें।",
      },
      2600,
    ],
    [
      { prashn: "क्या मैं बिल किस्तों में भर सकता हूँ?" },
      { uttar: "हाँ, आप बिल तीन किस्तों में भर सकते हैं। इसके लिए नज़दीकी दफ़्तर में आवेदन दें या ऐप में किस्त का विकल्प चुनें।" },
      2400,
    ],
  ]),
  talk(
    "job and poll",
    "/jobs",
    [
      [
        {
          task: "brief",
          text: "Draft a short notice for residents: the lift will be out of service on Tuesday from nine until noon.",
        },
        { job: "8f0c1a52-77aa-4a0e-9d0e-5c5f0f1a9911", state: "queued" },
        40,
      ],
      [
        undefined,
        {
          job: "8f0c1a52-77aa-4a0e-9d0e-5c5f0f1a9911",
          state: "done",
          result:
            "Dear residents, please note that the lift will be out of service on Tuesday between nine and noon while we carry out maintenance. We apologise for the trouble and thank you for your patience.",
        },
        15,
        "/jobs/8f0c1a52-77aa-4a0e-9d0e-5c5f0f1a9911",
      ],
      [
        {
          task: "brief",
          text: "Draft a short notice for residents: bikes must not be parked in the stairwell.",
        },
        { job: "02b7c9de-1c0f-4f55-8a33-6a1b0c2d3e4f", state: "queued" },
        42,
      ],
      [
        undefined,
        {
          job: "02b7c9de-1c0f-4f55-8a33-6a1b0c2d3e4f",
          state: "done",
          result:
            "Dear residents, bicycles parked in the stairwell block the escape route. Please use the racks in the yard from today on; bikes left in the stairwell will be moved to the cellar.",
        },
        14,
        "/jobs/02b7c9de-1c0f-4f55-8a33-6a1b0c2d3e4f",
      ],
    ],
    COMPLETION,
  ),
  talk(
    "summaries of minutes",
    "/minutes/digest",
    [
      [
        {
          doc: "The board met on Monday. The treasurer reported that income rose by four percent while costs for heating doubled. After a long discussion the members agreed to replace the boiler this year, to ask three companies for offers and to raise the yearly fee by ten euros from January. The chair thanked the volunteers of the summer fair.",
        },
        {
          digest:
            "Income is up four percent, heating costs doubled. The board will replace the boiler, collect three offers and raise the yearly fee by ten euros in January.",
        },
        2400,
      ],
      [
        {
          doc: "The parents' council discussed the new timetable. Several parents found that lessons end too late on Thursdays, others welcomed the longer lunch break. The head teacher promised to look into an earlier bus and to report in March. The council also chose two members for the school garden group.",
        },
        {
          digest:
            "Parents are split over the new timetable: late Thursdays versus a longer break. The head teacher checks an earlier bus by March; two members join the garden group.",
        },
        2200,
      ],
    ],
    COMPLETION,
  ),
  talk(
    "classifies and explains",
    "/triage",
    [
      [
        { report: "Since the last update the app closes whenever I open the camera to scan a receipt." },
        {
          bucket: "defect",
          why: "The user describes a crash that began with an update and happens every time the camera opens, so this is a software defect rather than a question of use.",
        },
        1400,
      ],
      [
        { report: "It would be great if I could share a shopping list with my husband." },
        {
          bucket: "wish",
          why: "Nothing is broken here: the user asks for a function that does not exist yet, namely sharing lists with another person.",
        },
        1300,
      ],
      [
        { report: "Where do I find the invoice for my subscription from April?" },
        {
          bucket: "question",
          why: "The user wants to know where an existing function is, so an answer from support or a help page is enough.",
        },
        1200,
      ],
    ],
    COMPLETION,
  ),
  talk(
    "code from words",
    "/dev/snippet",
    [
      [
        { wish: "a python function that removes duplicates from a list and keeps the order", lang: "python" },
        {
          code: "def unique(items):\n    seen = set()\n    out = []\n    for item in items:\n        if item not in seen:\n            seen.add(item)\n            out.append(item)\n    return out\n",
        },
        1800,
      ],
      [
        { wish: "sql that shows the five customers with the highest sales last month", lang: "sql" },
        {
          code: "SELECT customer_id, SUM(total) AS sales\nFROM orders\nWHERE ordered_at >= date_trunc('month', now() - interval '1 month')\n  AND ordered_at < date_trunc('month', now())\nGROUP BY customer_id\nORDER BY sales DESC\nLIMIT 5;",
        },
        1700,
      ],
    ],
    COMPLETION,
  ),
  talk("answers with sources", "/kb/ask", [
    [
      { frage: "Wie viele Tage Sonderurlaub gibt es bei einem Umzug?" },
      {
        auskunft:
          "Bei einem Umzug aus dienstlichen Gründen gibt es zwei Tage Sonderurlaub, bei privatem Umzug einen Tag im Jahr.",
        belege: [
          { datei: "urlaub.pdf", seite: 4, guete: 0.82 },
          { datei: "tarif.pdf", seite: 11, guete: 0.71 },
        ],
      },
      2900,
    ],
    [
      { frage: "Wer genehmigt Dienstreisen ins Ausland?" },
      {
        auskunft:
          "Dienstreisen ins Ausland genehmigt die Bereichsleitung, bei mehr als fünf Tagen zusätzlich die Geschäftsführung.",
        belege: [{ datei: "reisen.pdf", seite: 2, guete: 0.9 }],
      },
      2500,
    ],
  ]),
  talk("voice transcript to reply", "/phone/turn", [
    [
      {
        call: "c-1",
        heard: "uh hi I wanted to know if you still have a table for four tonight around eight",
        conf: 0.91,
      },
      {
        speak:
          "We do have a table for four at a quarter past eight, out on the terrace. Shall I put it under your name?",
        hangup: false,
      },
      900,
    ],
    [
      { call: "c-1", heard: "yes please it's for martin and one of us is in a wheelchair", conf: 0.88 },
      {
        speak:
          "Thank you, Martin. I have noted the wheelchair and will keep the table next to the ramp free for you.",
        hangup: false,
      },
      950,
    ],
    [
      { call: "c-2", heard: "are dogs allowed inside because we have a small one", conf: 0.9 },
      {
        speak:
          "Small dogs are welcome inside as long as they stay on the floor. We can bring a bowl of water to your table.",
        hangup: false,
      },
      870,
    ],
  ]),
  talk("game character", "/npc/speak", [
    [
      { npc: 17, line: "Have you seen the thief who stole the silver horn?" },
      {
        npc: 17,
        line: "A thief, you say? A hooded man crossed the bridge at dawn, clutching something under his cloak. Ask the miller, he never sleeps.",
        mood: 2,
      },
      1500,
    ],
    [
      { npc: 17, line: "How much for the rusty sword on the wall?" },
      {
        npc: 17,
        line: "That old blade? It belonged to my father, and it is not for sale. Bring me three wolf pelts and we may talk again.",
        mood: 1,
      },
      1400,
    ],
  ]),
  talk(
    "rewrites letters, Portuguese",
    "/texto/melhorar",
    [
      [
        { original: "oi preciso q vcs resolvam logo meu problema ta demorando demais", tom: "formal" },
        {
          sugestao:
            "Prezados, solicito gentilmente que o meu problema seja resolvido com brevidade, pois o prazo de atendimento já se estendeu além do esperado.",
        },
        1600,
      ],
      [
        { original: "nao vou poder ir na reuniao amanha, fiquei doente", tom: "formal" },
        {
          sugestao:
            "Informo que, por motivo de saúde, não poderei comparecer à reunião de amanhã. Agradeço a compreensão e fico à disposição para remarcarmos.",
        },
        1500,
      ],
    ],
    COMPLETION,
  ),
  talk(
    "translation by a model, with notes",
    "/localise",
    [
      [
        { src: "Our coffee is roasted slowly, by hand, in small batches.", to: "fr" },
        {
          out: "Notre café est torréfié lentement, à la main, en petites quantités.",
          note: "I chose 'en petites quantités' because 'lots' sounds industrial in this context.",
        },
        1700,
      ],
      [
        { src: "Get it while it's hot!", to: "de" },
        {
          out: "Hol ihn dir, solange er heiß ist!",
          note: "The pronoun assumes that the coffee is meant; for a general slogan, 'Nur solange er dampft' would be more playful.",
        },
        1600,
      ],
    ],
    COMPLETION,
  ),
  talk(
    "NDJSON of its own, Italian",
    "/ia/rispondi",
    [
      [
        { domanda: "Come posso togliere il calcare dal ferro da stiro?" },
        pieces(
          "Riempite il serbatoio con acqua e aceto bianco in parti uguali, scaldate il ferro e fate uscire il vapore. Poi sciacquate bene con acqua pulita e asciugate la piastra con un panno.",
        )
          .map((p) => JSON.stringify({ pz: p }))
          .join("\n"),
        2700,
      ],
      [
        { domanda: "Il succo di limone rovina il marmo?" },
        pieces(
          "Sì, il limone è acido e corrode il marmo, lasciando macchie opache. Meglio usare sapone neutro e acqua tiepida, poi asciugare subito con un panno morbido.",
        )
          .map((p) => JSON.stringify({ pz: p }))
          .join("\n"),
        2400,
      ],
    ],
    { sayType: "application/x-ndjson" },
  ),
  talk("renamed vendor call behind a proxy", "/m/7", [
    [
      {
        p1: "gemma-3-12b-it",
        p2: [
          { r: "s", c: "Be brief." },
          { r: "u", c: "Name two ways to keep slugs away from lettuce." },
        ],
        p3: 0.4,
      },
      {
        i: "k-9a1",
        o: { r: "a", c: "Ring the bed with copper tape and water only in the morning." },
        n: [31, 15, 46],
      },
      1200,
    ],
    [
      {
        p1: "gemma-3-12b-it",
        p2: [
          { r: "s", c: "Be brief." },
          { r: "u", c: "When do I sow broad beans in a cold garden?" },
        ],
        p3: 0.4,
      },
      {
        i: "k-9a2",
        o: { r: "a", c: "Sow them from late February as soon as the soil can be worked." },
        n: [33, 14, 47],
      },
      1100,
    ],
  ]),
];
