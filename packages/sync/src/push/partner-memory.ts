import type { ObjectKind } from '@interwatt/protocol'
import type { ObjectKey, Refusal, StoredObject } from '@interwatt/store'
import { keyText } from '@interwatt/store'
import type { PushModule } from './audience.rules.js'
import { RecentMap } from './recent-map.js'
import { isWithheldText } from './withheld.rules.js'

/** An object whose push failed without a clear no. */
interface Suspect {
  readonly seq: number
  readonly attempts: number
  readonly deliveredBefore: number
}

/**
 * What a node remembers of its deliveries to one partner. Losing it costs a PUT where a PATCH would have done, or a
 * repetition after an outage, never a wrong state.
 */
export class PartnerMemory {
  /** State delivered last, by object. */
  private readonly sent: RecentMap<string, number>
  private readonly settled = new Map<PushModule, number>()
  private readonly cursors = new Map<PushModule, number>()
  private readonly suspects = new Map<string, Suspect>()
  private readonly tries: RecentMap<string, number>
  private readonly withoutPatch = new Set<ObjectKind>()
  /** Objects the partner refused; undefined until read from the store. */
  private refused: Set<string> | undefined
  /** Of those the objects that were withheld: the partner does not hold them. */
  private readonly withheld = new Set<string>()
  /** Until when nothing changes by the clock alone, unless the cursor moves. */
  private readonly turns = new Map<PushModule, { readonly cursor: number; readonly untilMs: number }>()
  private delivered = 0
  private hasRecovered = false

  constructor(rememberedObjects: number) {
    this.sent = new RecentMap(rememberedObjects)
    this.tries = new RecentMap(rememberedObjects)
  }

  /** Must be called with the stored cursor before a module is pushed: a cursor that went back forgets everything. */
  enter(module: PushModule, cursor: number): void {
    if (cursor < (this.cursors.get(module) ?? 0)) this.forget()
    this.cursors.set(module, cursor)
  }

  /** Every state of the module up to `seq` was handled, with nothing held back below it. */
  settle(module: PushModule, seq: number): void {
    this.settled.set(module, seq)
  }

  /**
   * Whether the partner holds exactly the state before this one. The cursor alone does not tell: an object that
   * changed again before its turn came has a previous state below the cursor that was never sent.
   */
  holdsPrevious(module: PushModule, row: StoredObject): boolean {
    const key = keyText(row.key)
    if (row.previousSeq === 0 || this.refused === undefined || this.refused.has(key)) return false
    if (this.suspects.has(key)) return false
    return row.previousSeq <= (this.settled.get(module) ?? -1) || this.sent.get(key) === row.previousSeq
  }

  /** True when the partner was given this state or a newer one, as an EVSE is that its location carried. */
  hasDelivered(row: StoredObject): boolean {
    return (this.sent.get(keyText(row.key)) ?? -1) >= row.changedSeq
  }

  /** True when a stored refusal of this object is to be cleared. */
  recordDelivered(row: StoredObject): boolean {
    const key = keyText(row.key)
    this.delivered += 1
    this.sent.set(key, row.changedSeq)
    this.suspects.delete(key)
    this.tries.delete(key)
    this.withheld.delete(key)
    return this.refused?.delete(key) ?? true
  }

  /** `message` tells a refusal of the partner from what we withhold. */
  recordRefused(row: StoredObject, message: string): void {
    const key = keyText(row.key)
    if (isWithheldText(message)) this.withheld.add(key)
    else this.withheld.delete(key)
    this.sent.delete(key)
    this.suspects.delete(key)
    this.refused?.add(key)
  }

  /** Counts a failed attempt and returns the evidence about the object (see `judgeFailure`). */
  recordFailed(row: StoredObject): { readonly attempts: number; readonly othersDelivered: number } {
    const key = keyText(row.key)
    const known = this.suspects.get(key)
    const same = known?.seq === row.changedSeq ? known : undefined
    const attempts = (same?.attempts ?? 0) + 1
    const deliveredBefore = same?.deliveredBefore ?? this.delivered
    if (this.suspects.size < 10_000)
      this.suspects.set(key, { seq: row.changedSeq, attempts, deliveredBefore })
    return { attempts, othersDelivered: this.delivered - deliveredBefore }
  }

  get hasSuspects(): boolean {
    return this.suspects.size > 0
  }

  get deliveredCount(): number {
    return this.delivered
  }

  get knowsRefusals(): boolean {
    return this.refused !== undefined
  }

  learnRefusals(refusals: readonly Pick<Refusal, 'key' | 'message'>[]): void {
    this.refused = new Set(refusals.map(({ key }) => keyText(key)))
    this.withheld.clear()
    for (const { key, message } of refusals) if (isWithheldText(message)) this.withheld.add(keyText(key))
  }

  /** Whether the partner was last not given the object, or had it taken back, because its version cannot say it. */
  isWithheld(key: ObjectKey): boolean {
    return this.withheld.has(keyText(key))
  }

  /** The partner is not known any more to hold the object in any state. */
  forgetSent(key: ObjectKey): void {
    this.sent.delete(keyText(key))
  }

  /** Whether the clock may have changed something since it was looked at last, with the cursor at this place. */
  isTurnDue(module: PushModule, cursor: number, nowMs: number): boolean {
    const turn = this.turns.get(module)
    return turn === undefined || turn.cursor !== cursor || nowMs >= turn.untilMs
  }

  noteTurn(module: PushModule, cursor: number, untilMs: number): void {
    this.turns.set(module, { cursor, untilMs })
  }

  /** When the clock may change something next, in epoch milliseconds; infinite when that does not concern the partner. */
  get nextTurnMs(): number {
    return Math.min(Number.POSITIVE_INFINITY, ...[...this.turns.values()].map(({ untilMs }) => untilMs))
  }

  get hasRefused(): boolean {
    return (this.refused?.size ?? 0) > 0
  }

  isRefused(key: ObjectKey): boolean {
    return this.refused?.has(keyText(key)) ?? false
  }

  /** The partner took something after outages: what was set aside meanwhile is due at once. */
  recovered(): void {
    this.hasRecovered = true
  }

  /** Whether it recovered since this was asked last. */
  takeRecovered(): boolean {
    const { hasRecovered } = this
    this.hasRecovered = false
    return hasRecovered
  }

  /** Whether objects wait that became due by a recovery. */
  get owesAfterRecovery(): boolean {
    return this.hasRecovered && this.hasRefused
  }

  /** How often an object that was set aside was tried again in vain. */
  triesOf(key: ObjectKey): number {
    return this.tries.get(keyText(key)) ?? 0
  }

  countTry(key: ObjectKey): void {
    this.tries.set(keyText(key), this.triesOf(key) + 1)
  }

  /** Another node may have delivered meanwhile: refusals are read again. */
  rest(): void {
    this.turns.clear()
    this.refused = undefined
  }

  takesPatch(kind: ObjectKind): boolean {
    return !this.withoutPatch.has(kind)
  }

  recordNoPatch(kind: ObjectKind): void {
    this.withoutPatch.add(kind)
  }

  forget(): void {
    this.sent.clear()
    this.settled.clear()
    this.cursors.clear()
    this.suspects.clear()
    this.tries.clear()
    this.withoutPatch.clear()
    this.withheld.clear()
    this.turns.clear()
    this.refused = undefined
  }
}
