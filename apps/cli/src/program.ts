import { Command } from 'commander'
import { type CommandContext, examples } from './command-context.js'
import { addConvert } from './commands/convert.js'
import { addDemo } from './commands/demo.js'
import { addExplain } from './commands/explain.js'
import { addImport } from './commands/import.js'
import { addLint } from './commands/lint.js'
import { addPartner } from './commands/partner.js'
import { addParty } from './commands/party.js'
import { addPrice } from './commands/price.js'
import { addQuote } from './commands/quote.js'
import { addSchema } from './commands/schema.js'
import { addServe } from './commands/serve.js'
import { addValidate } from './commands/validate.js'
import { productVersion } from './product-version.js'

const firstSteps = [
  ['demo', 'a whole charging network on this machine: see roaming happen'],
  ['serve', 'a node of your own, with an embedded database'],
  ['party host DE*ABC --role CPO --name "ABC Energie"', 'for whom the node speaks'],
  ['partner invite --name "Nord"', 'a token for a partner; "partner register" is the other way'],
  ['import bnetza register.csv --party DE*ABC --dry-run', 'what the public register would become'],
  ['validate --as Location location.json', 'is this document right?'],
  ['price --cdr cdr.json', 'what should this CDR cost?'],
  ['quote --tariff tariff.json --kwh 20 --start 2026-11-22T18:00Z', 'what would this charge cost?'],
  ['convert --as Tariff --from 2.3.0 --to 2.2.1 tariff.json', 'what a partner of another version gets'],
  ['lint tariff tariff.json --pack afir', 'is this a good tariff, and an allowed one?'],
  ['explain tariff tariff.json --lang de', 'what a driver pays, in plain words'],
] as const

/** The `interwatt` command with all its subcommands. */
export const createProgram = (context: CommandContext): Command => {
  const program = new Command('interwatt')
  program
    .description(
      'Interwatt, the open roaming platform for EV charging: speaks OCPI with any partner, as operator (CPO), ' +
        'provider (eMSP) or both.',
    )
    .version(productVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print help of a command')
    .enablePositionalOptions()
    .showHelpAfterError('Run it with --help to see how it is used.')
    .exitOverride()
    .addHelpText('after', examples(firstSteps))
    .addHelpText(
      'after',
      '\nEvery command has its own help and examples: interwatt <command> --help\n' +
        'Exit codes: 0 done, 1 failed or findings, 2 wrong usage or settings.\n' +
        'Results go to standard output, everything else to standard error; --json\n' +
        'prints results for programs.',
    )
  const commands = [
    addDemo,
    addServe,
    addParty,
    addPartner,
    addImport,
    addValidate,
    addConvert,
    addPrice,
    addQuote,
    addLint,
    addExplain,
    addSchema,
  ]
  for (const add of commands) add(program, context)
  return program
}
