/** Whether a text could be an email address: enough to catch slips, the code proves the rest. */
export const isEmail = (text: string): boolean => /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(text.trim())

/** The first six digits of what was typed or pasted, such as `123 456` or `Your code is 123456`. */
export const digitsOf = (text: string): string => text.replace(/\D/g, '').slice(0, 6)
