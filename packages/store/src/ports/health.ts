/** How much a problem matters: `bad` stops something, `warn` will, `note` is somebody's decision. */
export type ProblemSeverity = 'bad' | 'warn' | 'note'

/** Something that is wrong with a partner, in words. */
export interface FoundProblem {
  readonly partnerId: string
  /** Name of the rule, such as `down`. */
  readonly rule: string
  readonly severity: ProblemSeverity
  readonly reason: string
  /** What to do. */
  readonly remedy: string
  /** ISO time since when, where the rule knows it. */
  readonly since?: string
  /** The numbers behind it. */
  readonly facts: Readonly<Record<string, unknown>>
}

/** A problem that is stored, open while `endedAt` is null. */
export interface PartnerProblem extends Required<FoundProblem> {
  readonly number: number
  readonly seenAt: string
  readonly endedAt: string | null
}

/** CDRs of a partner whose check disagrees, in one currency. */
export interface DisagreeingCdrs {
  readonly partnerId: string
  readonly currency: string
  readonly count: number
  readonly checked: number
  /** Stated less recomputed, as a decimal. */
  readonly difference: string
  /** Code of the commonest finding. */
  readonly commonest: string | null
}

/** What was counted about a partner. */
export interface PartnerCount {
  readonly partnerId: string
  readonly count: number
  /** Latest time it is about, ISO. */
  readonly latestAt: string | null
  /** The latest one in words, where there is one. */
  readonly example: string | null
}

/** Storage of problems of partners, and what they are found by. */
export interface HealthStore {
  /** Takes or keeps the turn to look after partners until an ISO time; false when another node has it. */
  takeTurn(holder: string, now: string, until: string): Promise<boolean>
  /** Whether a node looks after partners at an ISO time. */
  isWatched(now: string): Promise<boolean>
  /** Open problems, the oldest first. */
  open(): Promise<readonly PartnerProblem[]>
  /** Problems that ended at or after an ISO time, the latest first. */
  ended(since: string, limit: number): Promise<readonly PartnerProblem[]>
  /** Opens a problem, or refreshes the one that is open. */
  put(problem: Required<FoundProblem>, at: string): Promise<void>
  end(number: number, at: string): Promise<void>
  /** Drops problems that ended before an ISO time. */
  prune(before: string): Promise<number>
  /** CDRs checked since an ISO time whose check disagrees and that nobody decided about. */
  disagreeing(since: string): Promise<readonly DisagreeingCdrs[]>
  /** Objects each partner refuses. */
  refusals(): Promise<readonly PartnerCount[]>
  /** Errors in messages of each partner, by kind, seen since an ISO time. */
  findings(since: string): Promise<readonly PartnerCount[]>
  /** Completed sessions of each partner that ended between two ISO times and have no CDR. */
  missingCdrs(from: string, until: string): Promise<readonly PartnerCount[]>
  /** EVSEs of each partner, and the latest change of any of them. */
  evses(): Promise<readonly PartnerCount[]>
  /** Lists of each partner that could not be read, several times in a row. */
  failedPulls(): Promise<readonly PartnerCount[]>
}
