import {
  type LintedTariff,
  lintCounts,
  lintOneOf,
  type RehearsalPlan,
  RULE_PACK_IDS,
  type RulePackId,
} from '@interwatt/pricing'
import type { ocpi230, VersionId } from '@interwatt/protocol'
import { InvalidArgumentError } from 'commander'
import { type AddCommand, type CommandContext, examples } from '../command-context.js'
import { Failure } from '../failure.js'
import { jsonOption, timeZoneOption, toldVersionOption } from '../options.js'
import { type ReadTariffs, readTariffs } from '../pricing/read-documents.js'
import { lintLines } from '../tariffs/lint-lines.js'
import { rehearsalLines } from '../tariffs/rehearsal-lines.js'
import { counted } from '../terminal/counted.js'
import { readInput } from '../terminal/read-input.js'

interface LintOptions {
  readonly version?: VersionId
  readonly pack?: readonly RulePackId[]
  readonly maxPower?: number
  readonly country?: string
  /** `true` without a tariff to compare with. */
  readonly rehearse?: string | true
  readonly timeZone?: string
  readonly json?: true
}

const readPack = (text: string, before: readonly RulePackId[] | undefined): readonly RulePackId[] => {
  const pack = RULE_PACK_IDS.find((id) => id === text.toLowerCase())
  if (pack === undefined) throw new InvalidArgumentError(`Known packs: ${RULE_PACK_IDS.join(', ')}.`)
  return [...(before ?? []), pack]
}

const readPower = (text: string): number => {
  const power = Number(text)
  if (/^\d{1,5}(\.\d{1,3})?$/.test(text) && power > 0) return power
  throw new InvalidArgumentError('It takes kilowatts above 0, such as 22 or 149.5.')
}

const readCountry = (text: string): string => {
  if (/^[A-Za-z]{2}$/.test(text)) return text.toUpperCase()
  throw new InvalidArgumentError('It takes a country code of two letters, such as DE.')
}

const validTariffs = ({ tariffs }: ReadTariffs): readonly ocpi230.Tariff[] =>
  tariffs.flatMap(({ tariff }) => tariff ?? [])

const isValid = ({ tariffs }: ReadTariffs): boolean => tariffs.every(({ tariff }) => tariff !== undefined)

const readOld = async (options: LintOptions): Promise<RehearsalPlan['old'] | undefined> => {
  if (typeof options.rehearse !== 'string') return undefined
  const text = await readInput(options.rehearse)
  const given = readTariffs(text, options.version)
  // `--version` is that of the tariff itself; the old one may be older.
  const read = isValid(given) ? given : readTariffs(text, undefined)
  const findings = read.tariffs.flatMap((one) => (one.tariff === undefined ? one.findings : []))
  if (findings.length > 0)
    throw new Failure(`${options.rehearse} holds no valid tariff of OCPI ${read.version}.`, { findings })
  return { version: read.version, tariffs: validTariffs(read) }
}

const lintAll = async (read: ReadTariffs, options: LintOptions): Promise<readonly LintedTariff[]> => {
  const { pack, maxPower, country, timeZone } = options
  const old = await readOld(options)
  const context = {
    nowMs: Date.now(),
    version: read.version,
    ...(pack === undefined ? {} : { packs: pack }),
    ...(maxPower === undefined ? {} : { maxPowerKw: maxPower }),
    ...(country === undefined ? {} : { country }),
  }
  const plan = {
    ...(old === undefined ? {} : { old }),
    ...(timeZone === undefined ? {} : { timeZone }),
  }
  const rehearsal = options.rehearse === undefined ? undefined : plan
  return read.tariffs.map((one) => lintOneOf(read.tariffs, one, context, rehearsal))
}

const print = (context: CommandContext, read: ReadTariffs, linted: readonly LintedTariff[]): void => {
  const { screen } = context
  for (const { findings, pointer, id, rehearsal } of linted) {
    for (const finding of findings)
      for (const line of lintLines(finding, pointer, screen.paint)) screen.out(line)
    if (rehearsal === undefined) continue
    screen.out('')
    screen.out(screen.paint.bold(`Rehearsal of ${id ?? 'the tariff'}`))
    for (const line of rehearsalLines(rehearsal, screen.width)) screen.out(line)
  }
  const { errors, warnings, hints } = lintCounts(linted)
  if (errors + warnings + hints > 0 || linted.some(({ rehearsal }) => rehearsal !== undefined)) screen.out('')
  const verdict = errors > 0 ? screen.paint.red('not right') : screen.paint.green('no errors')
  const what = counted(linted.length, 'tariff')
  const counts = `${counted(errors, 'error')}, ${counted(warnings, 'warning')}, ${counted(hints, 'hint')}`
  screen.out(`${verdict}: ${what} of OCPI ${read.version}, ${counts}`)
  if (read.guessed) screen.note(`Read as OCPI ${read.version} by its fields; --version says otherwise.`)
}

const run = async (context: CommandContext, file: string, options: LintOptions): Promise<void> => {
  if (file === '-' && options.rehearse === '-')
    throw new Failure('Both tariffs cannot come from standard input.', {
      hint: 'Give one of them as a file.',
      exitCode: 2,
    })
  const read = readTariffs(await readInput(file), options.version)
  const linted = await lintAll(read, options)
  const counts = lintCounts(linted)
  context.exitCode = counts.errors === 0 ? 0 : 1
  if (!options.json) return print(context, read, linted)
  const { version, guessed } = read
  context.screen.out(JSON.stringify({ version, guessed, ...counts, tariffs: linted }, undefined, 2))
}

/** `interwatt lint tariff`: what is wrong or surprising with a tariff, and what it costs. */
export const addLint: AddCommand = (program, context) => {
  program
    .command('lint')
    .summary('find what is wrong or surprising in a tariff')
    .description('Looks at documents for what is allowed and yet a mistake.')
    .addHelpText('after', examples([['lint tariff tariff.json', 'what is wrong with this tariff?']]))
    .command('tariff')
    .summary('prices nobody can have meant, gaps, surprises, laws')
    .description(
      'Reads a tariff, or a list of tariffs that belong together, and says what is wrong or surprising with it and ' +
        'what to do: elements that are never reached, gaps, restrictions that never hold, large steps, names that are ' +
        'nearly right, taxes, limits, what partners on older versions do not get. --pack adds what a law asks for; it ' +
        'is no legal advice. --rehearse shows what twenty typical sessions cost, and how that differs from an old ' +
        'tariff. Exit code 0: no errors, perhaps warnings; 1: errors, or the file cannot be read; 2: wrong usage.',
    )
    .argument('<file>', 'JSON file, or - for standard input')
    .addOption(toldVersionOption('the tariff'))
    .option(
      '--pack <pack>',
      'also hold it against a law: afir (EU), nevi (US federal programmes), uk; may be repeated',
      readPack,
    )
    .option('--max-power <kW>', 'power of the strongest connector it applies to; some laws ask', readPower)
    .option(
      '--country <code>',
      'country of the stations, such as DE; packs of others say that they do not hold',
      readCountry,
    )
    .option(
      '--rehearse [old]',
      'what typical sessions cost; with the file of an old tariff also the difference',
    )
    .addOption(timeZoneOption('time zone of the sessions (default: Europe/Berlin)'))
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples([
        ['lint tariff tariff.json', 'the version is guessed from its fields'],
        [
          'lint tariff tariff.json --pack afir --max-power 150',
          'may this be an ad hoc price at a fast charger?',
        ],
        ['lint tariff new.json --rehearse old.json', 'who pays more, who pays less?'],
        ['lint tariff --version 2.1.1 --json - < tariffs.json', 'a list, for a program'],
      ]),
    )
    .action((file: string, options: LintOptions) => run(context, file, options))
}
