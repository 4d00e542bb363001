import {
  type CdrCheck,
  checkCdr,
  checkReport,
  type Language,
  type PricingPolicy,
  readPolicy,
  type Sentences,
  sentences,
  sentencesText,
  withTariffs,
} from '@interwatt/pricing'
import type { VersionId } from '@interwatt/protocol'
import { InvalidArgumentError, Option } from 'commander'
import { type AddCommand, type CommandContext, examples } from '../command-context.js'
import { Failure } from '../failure.js'
import {
  jsonOption,
  languageOption,
  several,
  timeZoneOption,
  toldVersionOption,
  wholeNumber,
} from '../options.js'
import { checkLines } from '../pricing/check-lines.js'
import { type NamedTariff, type ReadCdr, readCdr, readTariff } from '../pricing/read-documents.js'
import { readNamedFile } from '../pricing/read-named-file.js'
import { findingLines } from '../terminal/finding-lines.js'
import { hangingLines } from '../terminal/hanging-lines.js'

interface PriceOptions {
  readonly cdr: string
  readonly tariff?: readonly string[]
  readonly timeZone?: string
  readonly policy?: Partial<PricingPolicy>
  readonly version?: VersionId
  readonly tolerance?: number
  readonly lang?: Language
  readonly json?: true
}

/** Reads `name=value`, once or several times. */
const readChoice = (text: string, before: Partial<PricingPolicy> | undefined): Partial<PricingPolicy> => {
  const at = text.indexOf('=')
  if (at <= 0) throw new InvalidArgumentError('It takes name=value, such as rounding_point=line.')
  const read = readPolicy({ [text.slice(0, at)]: text.slice(at + 1) })
  if (!read.ok) throw new InvalidArgumentError(`${read.message}.`)
  return { ...before, ...read.policy }
}

const nameOf = (path: string, what: string): string => (path === '-' ? `The ${what} on standard input` : path)

interface ReadInput extends ReadCdr {
  /** Decides what a component without `vat` means: that of the tariffs where they were named. */
  readonly tariffVersion: VersionId
}

const readAll = async (options: PriceOptions): Promise<ReadInput> => {
  const { cdr: file, tariff: tariffFiles = [] } = options
  if ([file, ...tariffFiles].filter((path) => path === '-').length > 1)
    throw new Failure('Standard input can be read once only.', { exitCode: 2 })
  const read = readCdr(await readNamedFile(file), nameOf(file, 'CDR'), options.version)
  const named: NamedTariff[] = []
  for (const path of tariffFiles) {
    const text = await readNamedFile(path)
    named.push(readTariff(text, nameOf(path, 'tariff')))
  }
  const tariffVersion = options.version ?? named[0]?.version ?? read.version
  const tariffs = named.map(({ tariff }) => tariff)
  return { ...read, tariffVersion, cdr: withTariffs(read.cdr, tariffs) }
}

const noTimeZone = (): Failure =>
  new Failure(
    'The tariff depends on local time, and the country of the location does not tell its time zone.',
    {
      hint: 'Name the time zone of the location, such as --time-zone Europe/Madrid.',
      exitCode: 2,
    },
  )

/** The price in words, where a language is asked for and there is a price. */
const wordsOf = ({ explanation }: CdrCheck, language: Language | undefined): Sentences | undefined =>
  explanation === undefined || language === undefined ? undefined : sentences(explanation, language)

const run = async (context: CommandContext, options: PriceOptions): Promise<void> => {
  const { cdr, version, tariffVersion, repaired, timeZone: found } = await readAll(options)
  const timeZone = options.timeZone ?? found
  const check = checkCdr(cdr, {
    version: tariffVersion,
    timeZone,
    ...(options.policy === undefined ? {} : { policy: options.policy }),
    ...(options.tolerance === undefined ? {} : { tolerance: options.tolerance }),
  })
  if (check.findings.some(({ code }) => code === 'time_zone_missing')) throw noTimeZone()
  context.exitCode = check.outcome === 'agrees' ? 0 : 1
  const { screen } = context
  const words = wordsOf(check, options.lang)
  if (options.json)
    return screen.out(
      JSON.stringify({ ...checkReport(check), ...(words && { sentences: words }) }, undefined, 2),
    )
  for (const finding of repaired)
    for (const line of findingLines(finding, screen.notePaint)) screen.note(line)
  const zone = timeZone === undefined ? '' : `, ${timeZone}`
  screen.out(`CDR ${cdr.id}, OCPI ${version}: ${cdr.start_date_time} to ${cdr.end_date_time}${zone}`)
  screen.out('')
  for (const line of checkLines(cdr, check, screen)) screen.out(line)
  if (words === undefined) return
  screen.out('')
  for (const text of sentencesText(words).split('\n'))
    for (const [before, rest] of hangingLines('', text, screen.width)) screen.out(before + rest)
}

/** `interwatt price`: what a CDR should cost, line by line, and whether that is what it states. */
export const addPrice: AddCommand = (program, context) => {
  program
    .command('price')
    .summary('recompute a CDR line by line and say whether it is right')
    .description(
      'Recomputes a CDR of OCPI 2.1.1, 2.2.1 or 2.3.0 from its tariffs and compares every total with what it states: ' +
        'lines, totals stated and recomputed, findings with their place. Exit code 0: it reconciles; 1: it does not; ' +
        '2: wrong usage, input that cannot be read, or a time zone that has to be named.',
    )
    .requiredOption('--cdr <file>', 'JSON file of the CDR, or - for standard input')
    .option(
      '--tariff <file>',
      'tariff to use instead of those of the CDR; may be given several times',
      several,
    )
    .addOption(timeZoneOption('time zone of the location; else that of its country, where it has only one'))
    .addOption(
      new Option(
        '--policy <name=value>',
        'what the specification leaves open, see docs/pricing.md; may be given several times',
      ).argParser(readChoice),
    )
    .addOption(toldVersionOption('the CDR'))
    .addOption(
      new Option(
        '--tolerance <units>',
        'smallest units of the currency that a total may be off by (default: 1)',
      ).argParser(wholeNumber(0, 1_000_000)),
    )
    .addOption(languageOption('say it in sentences for a driver, too'))
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples([
        ['price --cdr cdr.json', 'is this CDR right?'],
        ['price --cdr cdr.json --tariff tariff.json', 'and by the tariff we know?'],
        [
          'price --cdr cdr.json --policy rounding_point=line --tolerance 0',
          'as a partner rounds, to the cent',
        ],
        ['price --cdr cdr.json --lang de', 'and in words'],
        ['price --cdr - --time-zone Europe/Madrid --json < cdr.json', 'for a program'],
      ]),
    )
    .action((options: PriceOptions) => run(context, options))
}
