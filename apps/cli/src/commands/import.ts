import { createReadStream } from 'node:fs'
import type { BnetzaImport, RegisterEncoding } from '@interwatt/platform'
import type { PartyId } from '@interwatt/protocol'
import { Option } from 'commander'
import { type AddCommand, type CommandContext, examples } from '../command-context.js'
import { Failure } from '../failure.js'
import { ensureHosted } from '../importing/hosted-party.js'
import { importJson, importLines, writeReport } from '../importing/import-report.js'
import { type SentLocations, sendLocations } from '../importing/send-locations.js'
import { type ConnectionFlags, connectionFrom, withConnection } from '../operator/options.js'
import { readParty, several } from '../options.js'
import { counted } from '../terminal/counted.js'
import { createProgress, type Progress } from '../terminal/progress.js'
import { unreadable } from '../terminal/read-input.js'

interface ImportFlags extends ConnectionFlags {
  readonly party: PartyId
  readonly hostAs?: string
  readonly dryRun?: true
  readonly report?: string
  readonly operator?: readonly string[]
  readonly encoding: RegisterEncoding
}

const read = async (file: string, flags: ImportFlags, progress: Progress): Promise<BnetzaImport> => {
  // NOTE: loaded here, so that help and usage errors do not wait for the whole platform.
  const { importBnetza } = await import('@interwatt/platform')
  const { operator, party, encoding } = flags
  const input = file === '-' ? process.stdin : createReadStream(file)
  try {
    return await importBnetza(input, {
      party,
      encoding,
      now: new Date().toISOString(),
      onProgress: (rows) => progress.show(`Reading ${file}: ${counted(rows, 'row')}`),
      ...(operator === undefined ? {} : { operatorFilter: (name) => operator.includes(name) }),
    })
  } catch (error) {
    throw unreadable(file, error)
  } finally {
    progress.end()
  }
}

const send = async (
  context: CommandContext,
  flags: ImportFlags,
  { locations }: BnetzaImport,
  progress: Progress,
): Promise<SentLocations> => {
  const node = connectionFrom(context, flags)
  await ensureHosted(node, flags.party, flags.hostAs)
  const total = locations.length.toLocaleString('en-US')
  try {
    return await sendLocations(node, locations, (sent) =>
      progress.show(`Sending to ${node.url}: ${sent.toLocaleString('en-US')} of ${total} locations`),
    )
  } finally {
    progress.end()
  }
}

const importRegister = async (context: CommandContext, file: string, flags: ImportFlags): Promise<void> => {
  const { screen } = context
  // A missing key is told before minutes of reading.
  if (!flags.dryRun) connectionFrom(context, flags)
  const progress = createProgress(screen)
  const result = await read(file, flags, progress)
  if (flags.report !== undefined) await writeReport(flags.report, result)
  if (result.locations.length === 0)
    throw new Failure(`Nothing in ${file} became a location: ${counted(result.summary.rows, 'row')} read.`, {
      hint: 'Is it the CSV of the register? --report FILE says why row by row; --encoding windows-1252 reads older files.',
    })
  const sent = flags.dryRun ? undefined : await send(context, flags, result, progress)
  if (flags.json) screen.out(JSON.stringify(importJson(result, sent), undefined, 2))
  else for (const line of importLines(result, sent, screen)) screen.out(line)
  if (flags.dryRun && !flags.json) screen.out('\nNothing was sent (--dry-run).')
  if (flags.report !== undefined) screen.note(`Every note, row by row: ${flags.report}`)
  if (sent !== undefined && sent.refused.length > 0) context.exitCode = 1
}

/** `interwatt import …`: data of others becomes objects of a party. */
export const addImport: AddCommand = (program, context) => {
  const command = program
    .command('import')
    .summary('turn public data into locations')
    .description('Turns data of others into objects of a party on a running node.')
  const bnetza = command
    .command('bnetza')
    .summary('the German register of charging facilities (Bundesnetzagentur, CSV)')
    .description(
      'Turns the public register of charging facilities into locations of a party. What the register lacks or garbles ' +
        'is reported and never invented. Importing the same file again changes nothing. ' +
        'Exit code 0: done; 1: the node refused locations, or nothing could be read; 2: wrong usage.',
    )
    .argument('<file>', 'CSV file of the register, or - for standard input')
    .requiredOption('--party <party>', 'owner of the locations, such as DE*ABC', readParty)
    .option('--host-as <name>', 'make the party a CPO on the node if it is not there yet')
    .option('--operator <name>', 'only facilities of this operator, as written; may be repeated', several)
    .addOption(
      new Option('--encoding <encoding>', 'encoding of the file')
        .choices(['utf-8', 'windows-1252'])
        .default('utf-8'),
    )
    .option('--dry-run', 'read and report, send nothing')
    .option('--report <file>', 'write every note, row by row: .csv or .json')
  withConnection(bnetza)
    .addHelpText(
      'after',
      examples([
        ['import bnetza Ladesaeulenregister.csv --party DE*ABC --dry-run --report notes.csv', 'look first'],
        [
          'import bnetza Ladesaeulenregister.csv --party DE*ABC --host-as "ABC Energie"',
          'into the node on this machine',
        ],
        [
          'import bnetza - --party DE*ABC --url https://node.example --operator "ABC Energie GmbH" < register.csv',
          'only own ones',
        ],
      ]),
    )
    .action((file: string, flags: ImportFlags) => importRegister(context, file, flags))
}
