import { ProblemError, problem } from './problem.js'

/** ISO text in UTC of a date-time of a query; 400 for instants that do not exist or lie before 1970. */
export const instantOf = (name: string, text: string): string => {
  const instant = new Date(text).getTime()
  if (Number.isNaN(instant) || instant < 0) {
    throw new ProblemError(problem(400, `${name} is not an instant after 1970.`))
  }
  return new Date(instant).toISOString()
}
