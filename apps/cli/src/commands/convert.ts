import { documentNamed, type Loss, type PartyId, type VersionId } from '@interwatt/protocol'
import { Option } from 'commander'
import { type AddCommand, type CommandContext, examples } from '../command-context.js'
import { type Conversion, convertText } from '../converting/convert.js'
import { Failure } from '../failure.js'
import { jsonOption, readParty, readVersion } from '../options.js'
import { counted } from '../terminal/counted.js'
import { findingLines } from '../terminal/finding-lines.js'
import { readInput } from '../terminal/read-input.js'
import type { Paint } from '../terminal/screen.js'
import { knownSchema } from '../validating/known-schema.js'

interface ConvertOptions {
  readonly as: string
  readonly from: VersionId
  readonly to: VersionId
  readonly patch?: true
  readonly party?: PartyId
  readonly json?: true
}

const lossLine = ({ pointer, reason, severity }: Loss, paint: Paint): string =>
  `${paint.yellow(severity.padEnd(7))}  ${paint.bold(pointer === '' ? '(the document)' : pointer)}  ${reason}`

const resultOf = ({ list, documents }: Conversion): unknown => {
  const results = documents.flatMap(({ document }) => (document === undefined ? [] : [document]))
  return list ? results : results[0]
}

const lacksOwner = ({ documents }: Conversion): boolean =>
  documents.some(({ findings }) =>
    findings.some(({ pointer, code }) => code === 'missing' && pointer.endsWith('/country_code')),
  )

const printNotes = (
  context: CommandContext,
  conversion: Conversion,
  { from, to, party }: ConvertOptions,
): void => {
  const { documents } = conversion
  const { note, notePaint } = context.screen
  for (const { findings, losses, withheld } of documents) {
    for (const finding of findings) for (const line of findingLines(finding, notePaint)) note(line)
    for (const loss of losses) note(lossLine(loss, notePaint))
    if (withheld !== undefined) note(`${notePaint.red('withheld')}  OCPI ${to} cannot hold it: ${withheld}`)
  }
  if (party === undefined && lacksOwner(conversion))
    note(`OCPI ${from} may leave the owner to the URL: name it with --party, such as --party DE*ABC.`)
  const lost = documents.reduce((sum, { losses }) => sum + losses.length, 0)
  const kept = documents.filter(({ document }) => document !== undefined).length
  note(
    `${counted(kept, 'document')} of ${documents.length} in OCPI ${to}, ${counted(lost, 'loss', 'losses')}`,
  )
}

const jsonOf = (options: ConvertOptions, { documents }: Conversion): string => {
  const { as: object, from, to } = options
  const shown = documents.map(({ document, withheld, losses, findings }) => ({
    document: document ?? null,
    withheld: withheld ?? null,
    losses,
    findings,
  }))
  return JSON.stringify({ object, from, to, documents: shown }, undefined, 2)
}

const run = async (context: CommandContext, file: string, options: ConvertOptions): Promise<void> => {
  const { from, to, patch = false, party: owner } = options
  const schemas = { from: knownSchema(from, options.as), to: knownSchema(to, options.as) }
  const name = documentNamed(options.as)
  if (name === undefined)
    throw new Failure(`${schemas.from.name} is a part of documents and does not cross versions by itself.`, {
      hint: 'Convert the document it stands in, such as Location, Tariff, Session or CDR.',
      exitCode: 2,
    })
  const text = await readInput(file)
  const conversion = convertText({ name, from, to, schemas, text, form: patch ? 'patch' : 'whole', owner })
  if ('unparsable' in conversion) throw new Failure(`The input is not JSON: ${conversion.unparsable}`)
  const whole = conversion.documents.every(
    ({ document, findings }) =>
      document !== undefined && findings.every(({ severity }) => severity !== 'error'),
  )
  context.exitCode = whole ? 0 : 1
  if (options.json) return context.screen.out(jsonOf(options, conversion))
  const result = resultOf(conversion)
  if (result !== undefined) context.screen.out(JSON.stringify(result, undefined, 2))
  printNotes(context, conversion, options)
}

const versionNamed = (flag: string, what: string): Option =>
  new Option(`--${flag} <version>`, what).argParser(readVersion).makeOptionMandatory()

/** `interwatt convert`: a document in another version, and what the crossing costs. */
export const addConvert: AddCommand = (program, context) => {
  program
    .command('convert')
    .summary('turn an OCPI document into another version and say what is lost')
    .description(
      'Reads a JSON document, or a list of them, as a receiver of one OCPI version does and prints it as a partner of ' +
        'another version would get it. Every value that is lost, changed or added on the way is listed with its JSON ' +
        'Pointer and the reason, on standard error. What the other version cannot hold without changing its meaning is ' +
        'withheld. Exit code 0: everything was converted; 1: something was withheld or is not valid; 2: wrong usage.',
    )
    .argument('<file>', 'JSON file, or - for standard input')
    .requiredOption('--as <object>', 'what the document is, such as Location, Tariff or StartSession')
    .addOption(versionNamed('from', 'OCPI version of the document'))
    .addOption(versionNamed('to', 'OCPI version to turn it into'))
    .option('--patch', 'the document is the body of a PATCH: some fields only')
    .option('--party <party>', 'owner of documents that do not name one, as in OCPI 2.1.1: DE*ABC', readParty)
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples([
        ['convert --as Tariff --from 2.3.0 --to 2.2.1 tariff.json', 'what a 2.2.1 partner sees of it'],
        ['convert --as CDR --from 2.2.1 --to 2.3.0 cdrs.json > lifted.json', 'losses stay on the screen'],
        ['convert --as Location --from 2.1.1 --to 2.3.0 --party DE*ABC loc.json', 'a location of that CPO'],
        ['convert --as Location --from 2.3.0 --to 2.2.1 --json -', 'documents and losses for a program'],
      ]),
    )
    .action((file: string, options: ConvertOptions) => run(context, file, options))
}
