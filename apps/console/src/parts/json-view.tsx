import { Button, CopyButton, Paper } from '@mantine/core'
import type { ReactNode } from 'react'

const PIECES = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d[\d.eE+-]*|true|false|null)/g

/** Colours the names, texts and other values of JSON text. */
const coloured = (text: string): readonly ReactNode[] => {
  const parts: ReactNode[] = []
  let position = 0
  for (const match of text.matchAll(PIECES)) {
    const [whole, quoted, colon, other] = match
    parts.push(text.slice(position, match.index))
    const kind = other !== undefined ? 'json-other' : colon === undefined ? 'json-text' : 'json-name'
    parts.push(
      <span key={match.index} className={kind}>
        {other ?? quoted}
      </span>,
      colon ?? '',
    )
    position = match.index + whole.length
  }
  return [...parts, text.slice(position)]
}

/** A document as JSON, to read and to copy. */
export const JsonView = ({ value, label }: { readonly value: unknown; readonly label: string }) => {
  const text = JSON.stringify(value, null, 2) ?? ''
  return (
    <Paper withBorder bg="var(--console-panel)" pos="relative">
      <div className="json-copy">
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Button size="compact-xs" variant="default" onClick={copy}>
              {copied ? 'Copied' : 'Copy'}
            </Button>
          )}
        </CopyButton>
      </div>
      <section aria-label={label}>
        <pre className="json">{coloured(text)}</pre>
      </section>
    </Paper>
  )
}
