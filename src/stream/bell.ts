// Lets many wait for a change of something they look at themselves.

/** Wakes everybody who waits; whoever wakes looks at the condition again. */
export class Bell {
  private waiters: (() => void)[] = [];

  ring(): void {
    const woken = this.waiters;
    this.waiters = [];
    for (const wake of woken) wake();
  }

  heard(): Promise<void> {
    return new Promise((resolve) => this.waiters.push(resolve));
  }
}
