import type { PartnerProblem } from '@interwatt/store'

const WORDS: Readonly<Record<string, string>> = {
  not_connected: 'It is connected.',
  unauthorized: 'It takes our credentials again.',
  wrong_prices: 'Every CDR that disagreed is decided about, or older than a day.',
  slow: 'Its answers are as quick as before.',
  backlog: 'What waited was sent.',
  refuses: 'It took the objects, or they are no more.',
  broken_messages: 'It has sent nothing of the kind for a day.',
  missing_cdrs: 'The CDRs came, or the sessions are older than a week.',
  stale_statuses: 'Statuses arrive again.',
  failed_pulls: 'Its lists are read again.',
  wrong_clock: 'Its clock is right.',
}

/** What became of a problem that ended, in a sentence; `backlog` is what waits for the partner now. */
export const noteOf = ({ rule, facts }: PartnerProblem, backlog: number): string => {
  if (rule !== 'down') return WORDS[rule] ?? 'It is over.'
  const { waiting } = facts
  if (typeof waiting !== 'number' || waiting === 0) return 'It answers again; nothing had waited for it.'
  const changes = `${waiting} ${waiting === 1 ? 'change' : 'changes'}`
  return backlog === 0
    ? `It answers again; ${changes} had waited and were sent afterwards.`
    : `It answers again; of ${changes} that had waited, ${Math.min(backlog, waiting)} are being sent now.`
}
