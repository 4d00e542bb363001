import { describeTariff, type Language } from '@interwatt/pricing'
import type { VersionId } from '@interwatt/protocol'
import { type AddCommand, type CommandContext, examples } from '../command-context.js'
import { Failure } from '../failure.js'
import { jsonOption, languageOption, timeZoneOption, toldVersionOption } from '../options.js'
import { readTariffs } from '../pricing/read-documents.js'
import { hangingLines } from '../terminal/hanging-lines.js'
import { readInput } from '../terminal/read-input.js'

interface ExplainOptions {
  readonly lang: Language
  readonly version?: VersionId
  readonly timeZone?: string
  readonly json?: true
}

const run = async (context: CommandContext, file: string, options: ExplainOptions): Promise<void> => {
  const { lang, timeZone, json } = options
  const { version, guessed, tariffs } = readTariffs(await readInput(file), options.version)
  const wrong = tariffs.filter(({ tariff }) => tariff === undefined)
  if (wrong.length > 0)
    throw new Failure(`This is no valid tariff of OCPI ${version}.`, {
      findings: wrong.flatMap(({ pointer, findings }) =>
        findings.map((finding) => ({ ...finding, pointer: pointer + finding.pointer })),
      ),
      ...(guessed ? { hint: 'The version was guessed from the fields; --version says which it is.' } : {}),
    })
  const described = tariffs.flatMap(({ tariff }) =>
    tariff === undefined
      ? []
      : [
          {
            id: tariff.id,
            ...describeTariff(tariff, lang, { version, ...(timeZone === undefined ? {} : { timeZone }) }),
          },
        ],
  )
  const { screen } = context
  if (json)
    return screen.out(JSON.stringify({ version, guessed, language: lang, tariffs: described }, undefined, 2))
  for (const [index, { id, statements }] of described.entries()) {
    if (index > 0) screen.out('')
    if (described.length > 1) screen.out(screen.paint.bold(id))
    for (const { text } of statements)
      for (const [before, rest] of hangingLines('', text, screen.width)) screen.out(before + rest)
  }
  if (guessed) screen.note(`Read as OCPI ${version} by its fields; --version says otherwise.`)
}

/** `interwatt explain tariff`: a tariff in the words of a driver. */
export const addExplain: AddCommand = (program, context) => {
  program
    .command('explain')
    .summary('put a tariff into plain words')
    .description('Says in plain words what a document means.')
    .addHelpText(
      'after',
      examples([['explain tariff tariff.json --lang de', 'a tariff as a driver reads it']]),
    )
    .command('tariff')
    .summary('what a driver pays, and when')
    .description(
      'Reads a tariff, or a list of them, and says in plain words what a driver pays: prices and when they hold, fees, ' +
        'step sizes, limits, taxes, validity. Prices are shown with tax where the tariff tells it. ' +
        'Exit code 0: done; 1: the file cannot be read or holds no valid tariff; 2: wrong usage.',
    )
    .argument('<file>', 'JSON file, or - for standard input')
    .addOption(languageOption('language').default('en'))
    .addOption(timeZoneOption('time zone of the station, such as Europe/Berlin (default: times are UTC)'))
    .addOption(toldVersionOption('the tariff'))
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples([
        ['explain tariff tariff.json', 'in English'],
        ['explain tariff tariff.json --lang fr --time-zone Europe/Paris', 'for drivers in France'],
        ['explain tariff --json - < tariff.json', 'statements and texts, for an app'],
      ]),
    )
    .action((file: string, options: ExplainOptions) => run(context, file, options))
}
