/** Narrowest room for text beside a prefix, in columns; below it the text goes under the prefix. */
const LEAST_ROOM = 32

const wrap = (text: string, room: number): readonly string[] => {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if ([...longer].length > room && line !== '') {
      lines.push(line)
      line = word
    } else line = longer
  }
  return [...lines, line]
}

/** A prefix and its text, wrapped at words under itself, as pairs of the two parts of each line. */
export const hangingLines = (
  prefix: string,
  text: string,
  width: number,
): readonly (readonly [prefix: string, text: string])[] => {
  const beside = [...prefix].length
  if (beside > 0 && width - beside < LEAST_ROOM) {
    const below = wrap(text, Math.max(8, width - 2)).map((line) => ['  ', line] as const)
    return [[prefix.trimEnd(), ''], ...below]
  }
  return wrap(text, width - beside).map((line, index) => [index === 0 ? prefix : ' '.repeat(beside), line])
}
