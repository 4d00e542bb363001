import { Anchor, Paper, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { at } from '../../api/fields.js'
import type { Json } from '../../api/reading.js'
import { knownVersion, sectionLink } from './spec-links.js'
import type { DocumentText, FieldText } from './texts/fields.js'

/** Longest text of a value that is shown as it is. */
const LONGEST = 90

const stepsOf = (path: string): readonly (string | number)[] =>
  path.split('/').map((part) => (/^\d+$/.test(part) ? Number(part) : part))

/** A value for people: short ones as they are, lists and objects by their size. */
const shown = (value: Json): string => {
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (typeof value === 'object' && value !== null) return 'an object'
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > LONGEST ? `${text.slice(0, LONGEST)} …` : text
}

/** Fields of a message that are explained, with their values: objects are explained by what is in them. */
const present = (body: Json, { fields }: DocumentText): readonly { field: FieldText; value: Json }[] =>
  fields
    .map((field) => ({ field, value: at(body, ...stepsOf(field.path)) }))
    .filter(
      ({ value }) =>
        value !== undefined && value !== null && (typeof value !== 'object' || Array.isArray(value)),
    )

interface ExplainedProps {
  readonly title: string
  readonly rows: readonly { readonly name: string; readonly value: Json; readonly means: ReactNode }[]
  readonly children?: ReactNode
}

const Explained = ({ title, rows, children }: ExplainedProps) => (
  <Paper withBorder p="md" bg="var(--console-panel)" component="section" aria-label={title}>
    <Title order={3} size="h5" mb="sm">
      {title}
    </Title>
    <dl className="lesson-fields">
      {rows.map(({ name, value, means }) => (
        <div key={name}>
          <dt>
            <code>{name}</code>
            <span className="lesson-value">{shown(value)}</span>
          </dt>
          <dd>{means}</dd>
        </div>
      ))}
    </dl>
    {children}
  </Paper>
)

const PartMeaning = ({ means, rule }: { readonly means: string; readonly rule: string }) => (
  <>
    {means}
    <span className="lesson-rules">{rule}</span>
  </>
)

/** The fields of a document that matter, one by one: what each means, and its value in this message. */
export const FieldTable = ({
  title,
  body,
  text,
  version,
}: {
  readonly title: string
  readonly body: Json
  readonly text: DocumentText
  readonly version: string | null
}) => {
  const known = knownVersion(version)
  const rows = present(body, text).map(({ field, value }) => ({
    name: field.path.replaceAll('/', ' › '),
    value,
    means: (
      <>
        {field.means}
        {known !== undefined && field.differs[known] !== undefined && (
          <span className="lesson-differs">
            In {known}: {field.differs[known]}
          </span>
        )}
        {field.rules.length > 0 && <span className="lesson-rules">{field.rules.join(', ')}</span>}
      </>
    ),
  }))
  if (rows.length === 0) return null
  return (
    <Explained title={title} rows={rows}>
      {known !== undefined && (
        <Text size="xs" c="dimmed" mt="sm">
          All fields: section{' '}
          <Anchor
            href={sectionLink(known, text.section)}
            target="_blank"
            rel="noreferrer"
            inherit
            underline="always"
          >
            {text.section}
          </Anchor>{' '}
          of OCPI {known}
        </Text>
      )}
    </Explained>
  )
}

/** Parts that every message of a kind has, with their values. */
export const PartTable = ({
  title,
  values,
  texts,
}: {
  readonly title: string
  readonly values: Json
  readonly texts: readonly (readonly [name: string, means: string, rule: string])[]
}) => {
  const rows = texts.flatMap(([name, means, rule]) => {
    const value = at(values, name)
    if (value === undefined) return []
    return [{ name, value, means: rule === '' ? means : <PartMeaning means={means} rule={rule} /> }]
  })
  return rows.length === 0 ? null : <Explained title={title} rows={rows} />
}
