/** Waits for work, but no longer than this many milliseconds; the work goes on. Rejects only when it fails in time. */
export const inTime = async (work: Promise<unknown>, maxMs: number): Promise<void> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, maxMs)
  })
  try {
    await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

/** How long an answer waits for a partner, so that most say at once what became of a request. */
export const ANSWER_MS = 2_500
