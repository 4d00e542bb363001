/** Letters that fall apart into no letter of Western Europe. */
const PLAIN: Readonly<Record<string, string>> = {
  Ł: 'L',
  ł: 'l',
  Đ: 'D',
  đ: 'd',
  ı: 'i',
  ħ: 'h',
  Ħ: 'H',
  '\u202f': '\u00a0',
  '\u2009': '\u00a0',
  '\u2212': '-',
  '→': '-',
}

/** Signs that the standard fonts have beyond Latin-1. */
const BEYOND = '€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ'

const isPrintable = (sign: string): boolean => {
  const code = sign.codePointAt(0) ?? 0
  return (code >= 0x20 && code <= 0x7e) || (code >= 0xa0 && code <= 0xff) || BEYOND.includes(sign)
}

const plain = (sign: string): string => {
  if (isPrintable(sign)) return sign
  const known = PLAIN[sign]
  if (known !== undefined) return known
  const [base = ''] = sign.normalize('NFD')
  return isPrintable(base) ? base : '?'
}

/** Text in the letters that the standard fonts of PDF have; accents they do not know are left out, other scripts become question marks. */
export const pdfText = (text: string): string => [...text.replace(/\p{Cc}/gu, ' ')].map(plain).join('')
