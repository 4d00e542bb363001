import { resolve } from 'node:path'
import type { FaultKind } from '@interwatt/simulator'
import { Option } from 'commander'
import { type AddCommand, type CommandContext, examples } from '../command-context.js'
import { DemoPrinter } from '../demo/demo-printer.js'
import { runDemo } from '../demo/run-demo.js'
import { summaryLines } from '../demo/summary-lines.js'
import { Failure } from '../failure.js'
import { stopSignal } from '../node/stop-signals.js'
import { jsonOption, wholeNumber } from '../options.js'

interface DemoFlags {
  readonly speed?: number
  readonly seed: number
  readonly sessions?: number
  readonly bookings: number
  readonly cardPayments: number
  readonly exit?: true
  readonly timeout: number
  readonly dataDir: string
  readonly port: number
  readonly fresh?: true
  readonly smartCharging?: true
  readonly versions?: true
  readonly faults?: FaultKind
  readonly json?: true
}

/** How many times faster than the real world: to be done soon, and to be followed by somebody who charges there. */
const FAST = 240
const FOLLOWED = 60
const DEFAULT_SESSIONS = 3
/** Enough for nearly every way of overcharging; other faults are counted themselves. */
const USUAL_SESSIONS = { billing: 12, all: 1 } as const

const demo = async (context: CommandContext, flags: DemoFlags): Promise<void> => {
  const { screen } = context
  if (flags.faults !== undefined && flags.versions === true)
    throw new Failure('--faults goes without --versions.', {
      hint: 'OCPI 2.1.1 carries too little to find every fault.',
      exitCode: 2,
    })
  const signals = stopSignal()
  const exit = flags.exit === true
  const usual = flags.faults === undefined ? DEFAULT_SESSIONS : USUAL_SESSIONS[flags.faults]
  const options = {
    speed: flags.speed ?? (exit && flags.faults !== 'all' ? FAST : FOLLOWED),
    seed: flags.seed,
    bookings: flags.bookings,
    cardPayments: flags.cardPayments,
    sessions: flags.sessions ?? (exit ? usual : undefined),
    exit,
    timeoutMs: flags.timeout * 1000,
    dataDir: resolve(context.folder, flags.dataDir),
    port: flags.port,
    fresh: flags.fresh === true,
    smartCharging: flags.smartCharging === true,
    versions: flags.versions === true,
    faults: flags.faults,
    onOtherPorts: (ports: readonly number[]) =>
      screen.note(
        `Not all ports from ${flags.port} on are free; the platforms take ${ports.slice(0, -1).join(', ')} and ${ports.at(-1)}.`,
      ),
  }
  let left = false
  const leaving = signals.stopped.then(() => {
    left = true
  })
  try {
    const printer = new DemoPrinter(screen, { quiet: flags.json === true, options, leaving })
    const summary = await runDemo(options, printer)
    // Whoever leaves early may leave deliveries under way; that is no failure.
    context.exitCode = summary.ok || left ? 0 : 1
    if (flags.json) return screen.out(JSON.stringify(summary, undefined, 2))
    screen.out('')
    for (const line of summaryLines(summary, screen)) screen.out(line)
  } finally {
    signals.release()
  }
}

/** `interwatt demo`: a charging network on this machine. */
export const addDemo: AddCommand = (program, context) => {
  program
    .command('demo')
    .summary('run a whole charging network on this machine')
    .description(
      'Runs two platforms on one embedded database server: a CPO with charging stations of Berlin and an eMSP with ' +
        'drivers and cards. They register through OCPI, then the world runs: cars come, sessions start by card and app, ' +
        'statuses, meter values, costs and CDRs travel. Everything goes through public doors. With --versions there are three ' +
        'eMSPs, each registered in another version of OCPI: 2.3.0, 2.2.1 and 2.1.1; with --card-payments a payment terminal ' +
        'provider joins, and people without a contract pay by card. Data is kept between runs. ' +
        'Ctrl-C ends it with a summary. ' +
        'Exit code 0: all sides agree and every CDR reconciles (with --faults: every fault is found or explained); 1: they do not, or it could not run.',
    )
    .option('--sessions <count>', 'give a summary after so many delivered CDRs', wholeNumber(1, 100_000))
    .option(
      '--exit',
      `end with that summary (after ${DEFAULT_SESSIONS} CDRs unless --sessions says otherwise, ${USUAL_SESSIONS.billing} with --faults billing, ${USUAL_SESSIONS.all} with --faults all)`,
    )
    .option('--bookings <count>', 'act out so many booked visits as well', wholeNumber(0, 1_000), 0)
    .option(
      '--card-payments <count>',
      'so many payments by card at a payment terminal, with a platform of its provider; with --exit all must be made',
      wholeNumber(0, 1_000),
      0,
    )
    .option('--timeout <seconds>', 'with --exit: fail when it takes longer', wholeNumber(5, 86_400), 180)
    .option(
      '--speed <factor>',
      `how many times faster than the real world (default: ${FOLLOWED}, ${FAST} with --exit)`,
      wholeNumber(1, 10_000),
    )
    .option('--seed <number>', 'another seed, other drivers and trips', wholeNumber(0, 2_147_483_647), 1)
    .option(
      '--port <port>',
      'port of the CPO platform, the others take the next free ones',
      wholeNumber(1, 65_535),
      8080,
    )
    .option('--data-dir <folder>', 'where the data is kept', './data/demo')
    .option('--fresh', 'forget the data of earlier runs')
    .option(
      '--versions',
      'three eMSPs in OCPI 2.3.0, 2.2.1 and 2.1.1 instead of one; with --exit a CDR for each',
    )
    .option('--smart-charging', 'the eMSP lowers the power of running sessions for a while')
    .addOption(
      new Option(
        '--faults <kind>',
        'billing: the CPO overcharges in every way it can, and the eMSP has to find each; all: charges fail in every way they can, and the platforms have to say why',
      ).choices(['billing', 'all']),
    )
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples([
        ['demo', 'watch, look around in the references it names, end it with Ctrl-C'],
        ['demo --sessions 3 --exit', 'a proof that it works: ends after three delivered CDRs'],
        ['demo --sessions 10 --exit --json', 'the same for programs'],
        ['demo --versions --exit', 'one world across three versions of OCPI'],
        ['demo --card-payments 2 --exit', 'terminal, card, session, CDR, capture and receipt'],
        ['demo --faults billing --exit', 'bills that are wrong in nine ways, and a provider that finds them'],
        ['demo --faults all --exit', 'charges that fail in every way, and why each did not start'],
        ['demo --fresh --seed 7 --speed 600', 'another, faster world'],
      ]),
    )
    .action((flags: DemoFlags) => demo(context, flags))
}
