/** Steps of the tour, in the order of a charge. */
export const stepIds = [
  'token',
  'command',
  'result',
  'begin',
  'status',
  'updates',
  'stop',
  'cdr',
  'price',
] as const
/** One of them. */
export type StepId = (typeof stepIds)[number]

/** What a step is for, in plain words. */
export interface StepText {
  readonly title: string
  /** Two sentences. */
  readonly why: string
  /** Said while the step has not happened yet. */
  readonly awaited: string
  /** Said where the session has no such step. */
  readonly absent: string
}

/** The texts of the steps. */
export const steps: Readonly<Record<StepId, StepText>> = {
  token: {
    title: 'Is the token known?',
    why: 'Before anybody charges, the CPO has to know whether the card or app is good for it. The eMSP tells CPOs of its tokens beforehand, or is asked the moment a card is shown.',
    awaited: 'No message about the token of this charge is recorded yet.',
    absent:
      'No message about this token is recorded. It may have been told long ago, or the command itself carries the token and nobody had to ask.',
  },
  command: {
    title: 'The driver presses start',
    why: 'With an app the driver stands at the station but talks to the eMSP. The eMSP therefore asks the CPO to start, and gets an answer at once: whether the CPO will try.',
    awaited: 'The command is on its way.',
    absent: 'This charge began without a command: the driver showed a card at the station.',
  },
  result: {
    title: 'The station answers',
    why: 'A charging station may take seconds to answer, too long to keep a request open. So the CPO sends the result later, to an address that came with the command.',
    awaited: 'The CPO took the command on; the station has not answered yet.',
    absent: 'No result is recorded: there was no command, or what the station said never came.',
  },
  begin: {
    title: 'The session begins',
    why: 'The CPO opens a session and tells the eMSP of it: this charge has a name now. From here on the driver’s app can show that it runs.',
    awaited: 'The session has not been told of yet.',
    absent: 'How this session began is not recorded any more; messages are kept for some days.',
  },
  status: {
    title: 'Everybody sees that the bay is taken',
    why: 'The charging bay is not free any more, and every partner is told, not only the one whose customer charges. Maps and apps live from this message.',
    awaited: 'The new status of the charging bay has not been told yet.',
    absent: 'No status of this charging bay was told around that time, or it is not recorded.',
  },
  updates: {
    title: 'Energy and cost grow',
    why: 'While the car charges the CPO sends what changed: energy, cost, the pieces in which one price holds. The driver sees the cost rise instead of being surprised by it.',
    awaited: 'The session runs; its first update has not come yet.',
    absent:
      'Between beginning and end nothing was told: the session was short, or its updates are not recorded.',
  },
  stop: {
    title: 'Charging stops',
    why: 'The driver stops in the app, shows the card again, or unplugs; then the session is COMPLETED. It never changes after that.',
    awaited: 'The session still runs. This step shows its end as soon as it is told.',
    absent: 'The end of this session is not recorded.',
  },
  cdr: {
    title: 'The bill: a CDR',
    why: 'The charge detail record says what is owed: times, energy, the tariff and the total. It is sent once and cannot be changed; a mistake is taken back by a credit record.',
    awaited: 'The CDR follows soon after the end of the session.',
    absent: 'No CDR of this session is recorded.',
  },
  price: {
    title: 'Is the price right?',
    why: 'This node computes the CDR again from the tariffs inside it and compares. A difference is shown line by line, with the rule that explains it.',
    awaited: 'The check is made a moment after the CDR is there.',
    absent: 'Without a CDR there is nothing to check.',
  },
}
