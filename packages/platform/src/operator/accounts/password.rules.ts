/** Shortest and longest password, in characters. */
export const PASSWORD_MIN = 12
export const PASSWORD_MAX = 200
/** Fewest different characters: what has fewer is a key held down. */
const DIFFERENT_MIN = 5

/** Why a text cannot be the password of an account; undefined when it can. */
export const passwordFault = (
  text: string,
  account: { readonly login: string; readonly name: string },
): string | undefined => {
  const characters = [...text]
  if (characters.length < PASSWORD_MIN) return `A password has at least ${PASSWORD_MIN} characters.`
  if (characters.length > PASSWORD_MAX) return `A password has at most ${PASSWORD_MAX} characters.`
  if (new Set(characters).size < DIFFERENT_MIN)
    return `A password has at least ${DIFFERENT_MIN} different characters.`
  const lower = text.toLowerCase()
  const [local = ''] = account.login.split('@')
  const own = [account.login, local, account.name.toLowerCase()].filter((part) => part.length >= 4)
  if (own.some((part) => lower.includes(part))) return 'A password does not hold the login or the name.'
  return undefined
}

/** The form of a login: like an e-mail address, which it need not be. */
const LOGIN = /^[^\s@]+@[^\s@]+\.[^\s@.]+$/

/** A login as it is stored; undefined when it has another form. */
export const loginOf = (text: string): string | undefined => {
  const login = text.trim().normalize('NFKC').toLowerCase()
  return LOGIN.test(login) ? login : undefined
}
