import {
  type ChargeCurvePoint,
  type ChargePlan,
  compareQuotes,
  type EnergyGoal,
  type PlannedVehicle,
  type QuoteComparison,
  type QuoteRefusal,
  quote,
  quoteReport,
  type TariffType,
  type Unknowns,
} from '@interwatt/pricing'
import type { VersionId } from '@interwatt/protocol'
import { Option } from 'commander'
import { type AddCommand, type CommandContext, examples } from '../command-context.js'
import { Failure } from '../failure.js'
import { jsonOption, several, timeZoneOption, toldVersionOption } from '../options.js'
import { comparisonLines, quoteLines } from '../pricing/quote-lines.js'
import { type NamedTariff, readTariff } from '../pricing/read-documents.js'
import { readNamedFile } from '../pricing/read-named-file.js'
import { curve, minutes, percent, positive, startOf } from '../pricing/read-plan.js'

interface QuoteOptions {
  readonly tariff: readonly string[]
  readonly type?: TariffType
  readonly version?: VersionId
  readonly start: string
  readonly timeZone?: string
  readonly kwh?: number
  readonly battery?: number
  readonly from?: number
  readonly to?: number
  readonly curve?: readonly ChargeCurvePoint[]
  readonly power: number
  readonly dc?: true
  readonly voltage?: number
  readonly carPower?: number
  readonly parking?: number
  readonly reserved?: number
  readonly slower?: number
  readonly late?: number
  readonly longer?: number
  readonly compare?: true
  readonly json?: true
}

const TYPES: readonly TariffType[] = [
  'REGULAR',
  'AD_HOC_PAYMENT',
  'PROFILE_CHEAP',
  'PROFILE_FAST',
  'PROFILE_GREEN',
]
/** More than any AC connector gives. */
const MOST_AC_KW = 43

const goalOf = ({ kwh, battery, from, to }: QuoteOptions): EnergyGoal => {
  if (kwh !== undefined && to !== undefined)
    throw new Failure('--kwh and --to are two goals.', { hint: 'Leave one of them out.', exitCode: 2 })
  if (kwh !== undefined) return { kwh, ...(from === undefined ? {} : { fromPercent: from }) }
  if (battery === undefined || from === undefined || to === undefined)
    throw new Failure('How much is to be charged?', {
      hint: 'Say --kwh 20, or --battery 60 --from 20 --to 80.',
      exitCode: 2,
    })
  return { fromPercent: from, toPercent: to }
}

const vehicleOf = ({ battery, curve: points, carPower }: QuoteOptions): PlannedVehicle => ({
  ...(battery === undefined ? {} : { batteryKwh: battery }),
  ...(points === undefined ? {} : { curve: points }),
  ...(carPower === undefined ? {} : { maxAcKw: carPower, maxDcKw: carPower }),
})

const unknownOf = ({ slower, late, longer, parking = 0 }: QuoteOptions): Unknowns => ({
  ...(slower === undefined ? {} : { powerPercent: { from: 100 - slower, to: 100 } }),
  ...(late === undefined ? {} : { startDelayMinutes: { from: 0, to: late } }),
  ...(longer === undefined ? {} : { parkingMinutes: { from: parking, to: parking + longer } }),
})

interface TariffOfFile extends NamedTariff {
  readonly file: string
}

const planOf = (options: QuoteOptions, read: readonly TariffOfFile[]): ChargePlan => {
  const { power, dc, voltage, timeZone, type, parking, reserved } = options
  const version = options.version ?? read[0]?.version
  return {
    tariffs: read.map(({ tariff }) => tariff),
    start: startOf(options.start, timeZone),
    connector: {
      maxPowerKw: power,
      powerType: dc === true || power > MOST_AC_KW ? 'DC' : 'AC_3_PHASE',
      ...(voltage === undefined ? {} : { voltage }),
    },
    vehicle: vehicleOf(options),
    energy: goalOf(options),
    unknown: unknownOf(options),
    ...(type === undefined ? {} : { type }),
    ...(version === undefined ? {} : { version }),
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(parking === undefined ? {} : { parkingMinutes: parking }),
    ...(reserved === undefined ? {} : { reservedMinutes: reserved }),
  }
}

const failureOf = ({ code, message }: QuoteRefusal): Failure => {
  const text = `There is no price: ${message}.`
  if (code === 'time-zone-unknown')
    return new Failure(text, { hint: 'Name it with --time-zone, such as Europe/Berlin.', exitCode: 2 })
  if (code === 'plan-impossible') return new Failure(text, { exitCode: 2 })
  if (code === 'no-tariff') return new Failure(text, { hint: 'Another --type or --start may have one.' })
  return new Failure(text)
}

const comparisonAsJson = ({ quotes, refused }: QuoteComparison) => ({
  quotes: quotes.map(({ id, quote: one, dearerBy }) => ({
    id,
    ...quoteReport(one),
    dearer_by: dearerBy ?? null,
  })),
  refused: refused.map(({ id, refusal: { code, message } }) => ({ id, code, message })),
})

const readTariffs = async ({ tariff: files }: QuoteOptions): Promise<readonly TariffOfFile[]> => {
  if (files.filter((file) => file === '-').length > 1)
    throw new Failure('Standard input can be read once only.', { exitCode: 2 })
  const read: TariffOfFile[] = []
  for (const file of files) {
    const text = await readNamedFile(file)
    const name = file === '-' ? 'The tariff on standard input' : file
    read.push({ file, ...readTariff(text, name) })
  }
  return read
}

const compare = (context: CommandContext, options: QuoteOptions, named: readonly TariffOfFile[]): void => {
  const comparison = compareQuotes(named.map((one) => ({ id: one.file, plan: planOf(options, [one]) })))
  const [first] = comparison.refused
  if (comparison.quotes.length === 0 && first !== undefined) throw failureOf(first.refusal)
  const lines = options.json
    ? [JSON.stringify(comparisonAsJson(comparison), undefined, 2)]
    : comparisonLines(comparison, context.screen)
  for (const line of lines) context.screen.out(line)
}

const run = async (context: CommandContext, options: QuoteOptions): Promise<void> => {
  const named = await readTariffs(options)
  if (options.compare) return compare(context, options, named)
  const outcome = quote(planOf(options, named))
  if (outcome.kind === 'refused') throw failureOf(outcome)
  const { screen } = context
  if (options.json) return screen.out(JSON.stringify(quoteReport(outcome), undefined, 2))
  for (const line of quoteLines(outcome, options.timeZone, screen)) screen.out(line)
}

const taking = (flags: string, text: string, read: (text: string) => unknown): Option =>
  new Option(flags, text).argParser(read)

/** `interwatt quote`: what a planned charge would cost. */
export const addQuote: AddCommand = (program, context) => {
  program
    .command('quote')
    .summary('say what a planned charge would cost, line by line')
    .description(
      'Charges a car in a simulation and prices it with the tariff that is in force at the start, as its CDR would. ' +
        'Tariffs of OCPI 2.1.1, 2.2.1 and 2.3.0 are read; of several the one that fits is chosen by type and time. With ' +
        '--slower, --late or --longer it says between which prices it may end. Exit code 0: there is a price; 1: there is ' +
        'none; 2: wrong usage, a plan that cannot be carried out, or a time zone that has to be named.',
    )
    .requiredOption('--tariff <file>', 'JSON file of a tariff, or -; may be given several times', several)
    .requiredOption(
      '--start <time>',
      'local time of the zone, such as 2026-11-22T18:00, or with Z or an offset',
    )
    .addOption(timeZoneOption('time zone of the charging station, such as Europe/Berlin'))
    .addOption(taking('--kwh <kwh>', 'energy to charge', positive('kWh', 10_000)))
    .addOption(taking('--battery <kwh>', 'capacity of the battery', positive('kWh', 10_000)))
    .addOption(taking('--from <percent>', 'state of charge at the start', percent))
    .addOption(taking('--to <percent>', 'state of charge to reach', percent))
    .addOption(
      taking('--curve <points>', 'power of the battery by state of charge: 0:120,50:110,100:10', curve),
    )
    .addOption(taking('--power <kw>', 'power of the connector', positive('kW', 10_000)).default(11))
    .option('--dc', `the connector gives DC; assumed above ${MOST_AC_KW} kW`)
    .addOption(
      taking('--voltage <volts>', 'of a phase or of DC, for tariffs by current', positive('volts', 10_000)),
    )
    .addOption(taking('--car-power <kw>', 'most the car takes here', positive('kW', 10_000)))
    .addOption(taking('--parking <duration>', 'plugged in afterwards: 45m, 2h, 1h30m', minutes))
    .addOption(taking('--reserved <duration>', 'kept free before the start', minutes))
    .addOption(new Option('--type <type>', 'how the driver charges (default: REGULAR)').choices(TYPES))
    .addOption(taking('--slower <percent>', 'power may be lower by so much', percent))
    .addOption(taking('--late <duration>', 'it may start later by so much', minutes))
    .addOption(taking('--longer <duration>', 'it may stay parked longer by so much', minutes))
    .option('--compare', 'each tariff is that of another connector: cheapest first, with the reason')
    .addOption(toldVersionOption('the tariffs, which decides what a missing vat means'))
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples([
        ['quote --tariff t.json --kwh 20 --start 2026-11-22T18:00 --time-zone Europe/Berlin', 'at 11 kW'],
        [
          'quote --tariff t.json --battery 60 --from 20 --to 80 --curve 0:150,50:120,100:15 --power 150 --start 2026-11-22T17:00Z',
          'fast charging by the curve of the car',
        ],
        [
          'quote --tariff t.json --kwh 20 --start 2026-11-22T18:00Z --parking 30m --longer 2h --slower 40',
          'between which prices it may end',
        ],
        [
          'quote --tariff a.json --tariff b.json --compare --kwh 20 --start 2026-11-22T18:00Z',
          'where is it cheaper?',
        ],
      ]),
    )
    .action((options: QuoteOptions) => run(context, options))
}
