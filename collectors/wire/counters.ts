// Every capture-health counter of the wire decoders, with what it counts: the fixed set that travels to the inventory.

/** Name to meaning. Nothing under collectors/wire or collectors/pcap counts under another name. */
export const COUNTERS = {
  packets: "packets read",
  bytes: "bytes of those packets, as captured",
  "packets.cut": "packets of which the capture kept only the beginning",
  "packets.other-link": "packets of a link type that is not read",
  "packets.other-protocol": "packets that carry neither TCP nor UDP",
  "packets.malformed": "packets whose headers do not add up",
  "packets.duplicate": "packets captured twice and dropped once",
  "capture.lost-bytes": "bytes of a capture file that could not be read",
  "capture.dropped": "packets that whoever wrote the capture had to drop, as its statistics tell",
  "udp.datagrams": "UDP datagrams that are no tunnel",
  "quic.packets": "QUIC long-header packets: HTTP/3 whose content stays unheard",
  "ip.fragments": "IP fragments seen",
  "ip.fragments-dropped": "IP fragments given up: incomplete, overlapping or beyond a limit",
  "tcp.segments": "TCP segments",
  "tcp.flows": "TCP connections",
  "tcp.midstream": "TCP connections picked up in the middle",
  "tcp.retransmitted": "TCP segments that brought nothing new",
  "tcp.out-of-order": "TCP segments that arrived before their turn",
  "tcp.conflicts": "TCP segments that contradict bytes seen before",
  "tcp.gaps": "holes in TCP streams that were given up",
  "tcp.gap-bytes": "bytes missing in those holes",
  "tcp.evicted-flows":
    "connections forgotten early because there were too many, or too much was kept of them",
  "tcp.evicted-holes": "holes given up early because too much was held behind them",
  "tcp.ignored": "segments of no connection we follow, or outside its window",
  "flows.http1": "connections that spoke HTTP/1",
  "flows.http2": "connections that spoke HTTP/2",
  "flows.tls": "connections that spoke TLS",
  "flows.quic":
    "QUIC connections whose beginning was heard: who asked for which name is told, not what was said",
  "flows.opaque": "connections that spoke something else, or nothing we could tell",
  "bytes.tls": "payload bytes of TLS connections that no decoder reads",
  "bytes.http2": "payload bytes of HTTP/2 connections that no decoder reads",
  "bytes.opaque": "payload bytes of opaque connections",
  "kept.refused-bytes": "bytes of unfinished messages not kept because too many messages were unfinished",
  "http1.orphan-responses": "responses whose request was not heard",
  "http1.resyncs": "times a stream had to be searched for the next message",
  "http1.skipped-bytes": "bytes passed over in such searches",
  "http1.body-cut-bytes": "body bytes beyond what is kept",
  "h2.streams": "HTTP/2 streams",
  "h2.pushed": "responses an HTTP/2 server promised unasked",
  "h2.interim": "interim (1xx) responses on HTTP/2",
  "h2.resets": "HTTP/2 streams reset by either end",
  "h2.goaways": "HTTP/2 connections one end took leave of",
  "h2.lost-sync": "times frames of an HTTP/2 direction were missed",
  "h2.skipped-bytes": "bytes passed over in search of the next frame",
  "h2.requests-unknown": "HTTP/2 requests whose method or path was not heard",
  "tls.opened-flows": "TLS connections whose content was read with logged secrets",
  "tls.closed-flows": "TLS connections whose content stayed closed",
  "tls.held-limit": "TLS connections given up because their secrets came too late",
  "tls.lost-sync": "times records of an opened TLS direction were missed",
  "websocket.messages": "WebSocket messages",
  "websocket.bytes": "payload bytes of WebSocket messages",
  "websocket.gap-bytes": "payload bytes missing in WebSocket messages",
  "websocket.inflate-limit": "compressed WebSocket messages larger than is inflated",
  "websocket.inflate-skipped": "compressed WebSocket messages not inflated: window lost or enough read",
} as const;

export type CounterName = keyof typeof COUNTERS;

/** Adds to one of our counters. */
export type Counter = (name: CounterName, by?: number) => void;

/** The same sink, limited to names of the table. */
export function countersOf(sink: { count(counter: string, by?: number): void }): Counter {
  return (name, by) => sink.count(name, by);
}

/** Sums in plain fields and reports now and then: counting per packet must not cost a call per packet. */
export class Tally {
  readonly #sums = new Map<CounterName, number>();
  readonly add: Counter = (name, by = 1) => {
    this.#sums.set(name, (this.#sums.get(name) ?? 0) + by);
  };

  flush(sink: { count(counter: string, by?: number): void }): void {
    for (const [name, sum] of this.#sums) if (sum !== 0) sink.count(name, sum);
    this.#sums.clear();
  }
}
