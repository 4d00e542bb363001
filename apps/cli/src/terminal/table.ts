/** Columns between two cells. */
const GAP = 2

const lengthOf = (text: string): number => [...text].length
const padTo = (text: string, length: number): string =>
  text + ' '.repeat(Math.max(0, length - lengthOf(text)))

const indentOf = (text: string): string => /^ */.exec(text)?.[0] ?? ''

/** Aligned lines of names and values; values that do not fit go under their name. */
export const pairLines = (
  pairs: readonly (readonly [string, string])[],
  width: number,
): readonly string[] => {
  const nameLength = Math.max(0, ...pairs.map(([name]) => lengthOf(name)))
  return pairs.flatMap(([name, value]) => {
    const line = `${padTo(name, nameLength + GAP)}${value}`.trimEnd()
    return lengthOf(line) <= width || value === '' ? [line] : [name, `${indentOf(name)}  ${value}`]
  })
}

/**
 * A table as lines, the header first. Where it does not fit into `width`, every row becomes a block of names and
 * values, so that nothing is cut.
 */
export const tableLines = (
  header: readonly string[],
  rows: readonly (readonly string[])[],
  width: number,
): readonly string[] => {
  const lengths = header.map((name, column) =>
    Math.max(lengthOf(name), ...rows.map((row) => lengthOf(row[column] ?? ''))),
  )
  const total = lengths.reduce((sum, length) => sum + length + GAP, -GAP)
  if (total > width) {
    return rows.flatMap((row, index) => [
      ...(index === 0 ? [] : ['']),
      ...pairLines(
        header.map((name, column) => [name, row[column] ?? '']),
        width,
      ),
    ])
  }
  const lineOf = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => padTo(cell, (lengths[column] ?? 0) + GAP))
      .join('')
      .trimEnd()
  return [header, ...rows].map(lineOf)
}
