// Which response answers which request: in order while nothing is missing, by sequence evidence once something is.
import type { Place } from "./message.ts";
import type { Answering, Asking, Unknown } from "./talk.ts";

/*
  While no byte is missing, responses come in the order of their requests (RFC 9112, section 9.3.2).

  Once bytes between messages are missing, a list says nothing, but offsets do. For every message we know how much of the
  other direction its sender had received:
  - a response cannot answer a request that its sender had not received yet (response.acked <= request.offset);
  - a response cannot answer a request that was sent after it arrived (response.offset < request.acked);
  - on a connection that never pipelines, with nothing missing in front of the request, the response that starts exactly
    where the client's knowledge ended when it asked, or whose sender had received exactly up to the end of the request,
    answers that request. What is missing in front may be the rest of its own flight: the first answer is not its own then;
  - requests sent with the same knowledge are one flight. A client that asks again knowing more has, unless it
    overlaps flights, all answers to the flight before: its last response answers its last request, and so on backwards.
  Everything else stays unknown: a wrong pair is worse than no pair.
*/

/** Something missing between messages. */
const HOLE = Symbol("hole");
type Hole = typeof HOLE;

/** More outstanding requests than any client sends; afterwards the oldest stay unanswered. */
const MAX_PENDING = 256;

export interface PairingOut {
  pair(asking: Asking, answering: Answering): void;
  unanswered(asking: Asking, why: Unknown): void;
  orphan(answering: Answering): void;
  /** Whether anything of the server was ever captured. */
  isServerHeard(): boolean;
}

export class Pairing {
  readonly #out: PairingOut;
  #asked: (Asking | Hole)[] = [];
  /** Responses that could not be attributed yet; only behind holes, or while a request head is being read. */
  #parked: (Answering | Hole)[] = [];
  #holeEnd = 0;
  /** Parked holes that may hide no response at all. */
  #rests = 0;
  #askedHoleEnd = 0;
  /** Holes that the last one among the requests stands for. */
  #askedHoles = 0;
  /** The last response that was attributed. */
  #answered: Place | null = null;
  /** Where the latest request was; the request itself may be told and gone. */
  #last: Place | null = null;
  #isPipelined = false;
  #isOverlapping = false;

  constructor(out: PairingOut) {
    this.#out = out;
  }

  /** The request responses would go to now, if nothing is missing. */
  get next(): Asking | null {
    const first = this.#asked[0];
    return first === undefined || first === HOLE ? null : first;
  }

  /** Whether this request begins a new flight: all that its sender had received ends at `place.acked`. */
  opensFlight(asking: Asking): boolean {
    const last = this.#last;
    if (last === null || last.acked < 0 || asking.place.acked < 0) return false;
    return asking.place.acked > last.acked;
  }

  ask(asking: Asking): void {
    if (this.opensFlight(asking)) this.#newFlight(asking.place.acked);
    else if (this.#last !== null && asking.place.acked >= 0) this.#isPipelined = true;
    this.#last = asking.place;
    this.#asked.push(asking);
    if (this.#asked.length > MAX_PENDING) this.#flush();
    if (this.#isClean(this.#asked) && this.#isClean(this.#parked)) this.#answerParked();
  }

  /** `end`: offset behind the hole. */
  lostRequests(end: number): void {
    this.#askedHoleEnd = end;
    if (this.#asked.at(-1) === HOLE) {
      this.#askedHoles++;
    } else {
      this.#asked.push(HOLE);
      this.#askedHoles = 1;
    }
  }

  /** `end`: offset behind the hole; `isWithin`: it may be no more than the rest of a response that began before. */
  lostResponses(end: number, isWithin: boolean): void {
    this.#holeEnd = end;
    if (this.#parked.at(-1) === HOLE) return;
    this.#parked.push(HOLE);
    if (isWithin) this.#rests++;
  }

  /** A final response began. `isAsking`: a request head is being read and may be the one. */
  answer(answering: Answering, isAsking: boolean): void {
    if (this.#parked.length === 0) {
      const first = this.next;
      if (first !== null) return this.#inOrder(first, answering);
      if (this.#asked.length === 0 && !isAsking) return this.#out.orphan(answering);
    }
    if (this.#byEvidence(answering)) return;
    this.#parked.push(answering);
    if (this.#parked.length > MAX_PENDING) this.#orphanParked();
  }

  /** The connection is over: what is still open stays open. */
  end(isHeardOut: boolean): void {
    const why: Unknown = this.#isClean(this.#asked) && this.#isClean(this.#parked) ? "capture-end" : "gap";
    if (isHeardOut && why === "capture-end") this.#answerParked();
    for (const asking of this.#asked) {
      if (asking !== HOLE) this.#out.unanswered(asking, this.#out.isServerHeard() ? why : "one-way");
    }
    this.#asked = [];
    this.#orphanParked();
  }

  #pair(asking: Asking, answering: Answering): void {
    this.#answered = answering.place;
    this.#out.pair(asking, answering);
  }

  #isClean(list: readonly unknown[]): boolean {
    return !list.includes(HOLE);
  }

  #inOrder(first: Asking, answering: Answering): void {
    if (!isPossible(first, answering)) return this.#out.orphan(answering);
    this.#asked.shift();
    this.#pair(first, answering);
  }

  /** Something is missing: only a connection without pipelining gives certainty at once. */
  #byEvidence(answering: Answering): boolean {
    if (this.#isPipelined) return false;
    const asking = this.next;
    if (asking === null || !isPossible(asking, answering)) return false;
    const { offset, acked } = answering.place;
    const isNextHeard = acked >= 0 && offset === asking.place.acked;
    const isLastReceived = asking.message.end >= 0 && acked === asking.message.end;
    if (!isNextHeard && !isLastReceived) return false;
    this.#asked.shift();
    this.#pair(asking, answering);
    return true;
  }

  /** The client knew everything up to `acked` when it asked anew. */
  #newFlight(acked: number): void {
    const isClean = this.#isClean(this.#asked) && this.#parked.length === 0;
    if (isClean && this.#asked.length === 0) return;
    if (this.#isPipelined && this.#out.isServerHeard()) {
      if (isClean) this.#isOverlapping = true;
      if (this.#isOverlapping) return;
    }
    this.#settle(acked);
  }

  #settle(acked: number): void {
    // The client had not received these when it asked anew: they answer nothing before.
    const later = this.#splitParked(acked);
    const mayReach = this.#asked.at(-1) === HOLE && this.#mayReach(acked);
    while (this.#asked.length > 0 && this.#parked.length > 0) {
      const asking = this.#asked.at(-1)!;
      const answering = this.#parked.at(-1)!;
      if (asking === HOLE || answering === HOLE || !isPossible(asking, answering)) break;
      this.#asked.pop();
      this.#parked.pop();
      this.#pair(asking, answering);
    }
    this.#giveUp(this.#asked);
    this.#asked = mayReach ? [HOLE] : [];
    this.#askedHoles = 1;
    this.#orphanParked();
    if (this.#holeEnd > acked) this.#rests = this.#parked.push(HOLE);
    this.#parked.push(...later);
  }

  /**
   * Requests of the flight that begins with this knowledge may be among what is missing before it: surely so when no more
   * was answered than what was heard before (and what each hole but the last may hide), and surely not when the server had
   * what is missing before it sent something the client knew by then.
   */
  #mayReach(acked: number): boolean {
    const answered = this.#answered;
    const isOlder = answered !== null && answered.offset < acked && answered.acked >= this.#askedHoleEnd;
    const heard = this.#asked.filter((asking) => asking !== HOLE).length;
    const known = heard + this.#askedHoles - 1;
    return !isOlder && (this.#isPipelined || this.#parked.length - this.#rests <= known);
  }

  /** Takes out the parked responses from the first one that starts at `acked` or behind. */
  #splitParked(acked: number): (Answering | Hole)[] {
    const index = this.#parked.findIndex((one) => one !== HOLE && one.place.offset >= acked);
    return index < 0 ? [] : this.#parked.splice(index);
  }

  #giveUp(list: readonly (Asking | Hole)[]): void {
    const why: Unknown = this.#out.isServerHeard() ? "gap" : "one-way";
    for (const asking of list) if (asking !== HOLE) this.#out.unanswered(asking, why);
  }

  #answerParked(): void {
    while (this.#parked.length > 0) {
      const answering = this.#parked[0]!;
      const asking = this.#asked[0];
      if (answering === HOLE || asking === undefined || asking === HOLE) return;
      if (!isPossible(asking, answering)) return;
      this.#parked.shift();
      this.#asked.shift();
      this.#pair(asking, answering);
    }
  }

  #orphanParked(): void {
    const parked = this.#parked;
    this.#parked = [];
    this.#rests = 0;
    for (const answering of parked) if (answering !== HOLE) this.#out.orphan(answering);
  }

  #flush(): void {
    const oldest = this.#asked.splice(0, this.#asked.length - 1);
    for (const asking of oldest) {
      if (asking !== HOLE) this.#out.unanswered(asking, this.#out.isServerHeard() ? "ambiguous" : "one-way");
    }
    if (this.#out.isServerHeard()) this.#asked.unshift(HOLE);
  }
}

function isPossible(asking: Asking, answering: Answering): boolean {
  const { offset, acked } = answering.place;
  if (acked >= 0 && acked <= asking.place.offset) return false;
  return asking.place.acked < 0 || offset >= asking.place.acked;
}
