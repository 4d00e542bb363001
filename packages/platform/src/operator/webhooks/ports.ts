/** Sends one delivery. Rejects with a message for people when there is no answer within the time limit. */
export type PostDelivery = (
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  timeoutMs: number,
) => Promise<{ readonly status: number }>
