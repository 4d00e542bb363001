const prefix = 'withheld: '

/** The refusal of an object that is not sent because the version of the partner cannot say it. */
export const withheldText = (reason: string): string => `${prefix}${reason}`

/** Whether the text of a refusal says that, and not what the partner said. */
export const isWithheldText = (message: string): boolean => message.startsWith(prefix)
