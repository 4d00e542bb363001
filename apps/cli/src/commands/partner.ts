import type { PartyId, PartyRole, VersionId } from '@interwatt/protocol'
import type { Command } from 'commander'
import { type AddCommand, type CommandContext, examples } from '../command-context.js'
import { Failure } from '../failure.js'
import type { OperatorConnection } from '../operator/connection.js'
import { type ConnectionFlags, connectionFrom, withConnection } from '../operator/options.js'
import { type OfferedModule, readOfferedModule, readPartnerRole, readParty, readVersion } from '../options.js'
import { findPartnerId } from '../partners/find-partner.js'
import { invitationLines, partnerLines, partnerTable } from '../partners/partner-lines.js'
import { at, listAt, textAt } from '../read-json.js'
import { readInput } from '../terminal/read-input.js'

/** What a new connection may need said: our end where it is not plain (OCPI 2.1.1), modules that were agreed on. */
interface AgreedFlags {
  readonly role?: PartyRole
  readonly party?: PartyId
  /** Sides of modules beyond the core that this partner is offered. */
  readonly offer?: readonly OfferedModule[]
}

interface InviteFlags extends ConnectionFlags, AgreedFlags {
  readonly name: string
}

const withAgreed = (command: Command): Command =>
  command
    .option(
      '--role <role>',
      'role of the partner, CPO or EMSP; for OCPI 2.1.1, where it is not plain',
      readPartnerRole,
    )
    .option(
      '--party <party>',
      'party of this node on the connection, such as DE*ABC; for OCPI 2.1.1',
      readParty,
    )
    .option(
      '--offer <module:side>',
      'offer a module that was agreed on, such as payments:RECEIVER; may be repeated',
      readOfferedModule,
    )

const agreedIn = ({ role, party, offer }: AgreedFlags): object => ({
  ...(offer === undefined ? {} : { modules: offer }),
  ...(role === undefined ? {} : { role }),
  ...(party === undefined ? {} : { party: { country_code: party.countryCode, party_id: party.partyId } }),
})

interface RegisterFlags extends ConnectionFlags, AgreedFlags {
  readonly name: string
  readonly versionsUrl: string
  readonly tokenA?: string
  readonly version?: VersionId
}

/** Prints an answer as JSON or as lines. */
const show = (
  context: CommandContext,
  flags: ConnectionFlags,
  answer: unknown,
  lines: readonly string[],
): void => {
  if (flags.json) context.screen.out(JSON.stringify(answer, undefined, 2))
  else for (const line of lines) context.screen.out(line)
}

const addInvite = (partner: Command, context: CommandContext): void => {
  withAgreed(withConnection(partner.command('invite')))
    .summary('make a registration token for a partner')
    .description(
      'Makes a registration token (token A) and shows it once, with the addresses the partner needs.',
    )
    .requiredOption('--name <name>', 'who it is, for people')
    .addHelpText(
      'after',
      examples([
        ['partner invite --name "Ladenetz Nord"', 'then send token and address to them'],
        [
          'partner invite --name "Nord" --role EMSP --party DE*ABC',
          'an eMSP on 2.1.1, when several parties here are CPO',
        ],
        [
          'partner invite --name "Nord" --offer invoicereconciliation:SENDER',
          'they get the reconciliation of our invoices',
        ],
      ]),
    )
    .action(async (flags: InviteFlags) => {
      const body = { name: flags.name, ...agreedIn(flags) }
      const answer = await connectionFrom(context, flags).call('POST', '/partners', body)
      show(context, flags, answer, invitationLines(answer, flags.name, context.screen.width))
    })
}

const tokenFrom = async (context: CommandContext, flags: RegisterFlags): Promise<string> => {
  const given = flags.tokenA ?? context.environment.INTERWATT_TOKEN_A ?? ''
  const token = given === '-' ? (await readInput('-')).trim() : given
  if (token !== '') return token
  throw new Failure('The registration token that the partner handed over is missing.', {
    hint: 'Pass --token-a TOKEN, --token-a - to read it from standard input, or set INTERWATT_TOKEN_A.',
    exitCode: 2,
  })
}

const addRegister = (partner: Command, context: CommandContext): void => {
  withAgreed(withConnection(partner.command('register')))
    .summary('register with a partner that invited us')
    .description(
      'Registers with a partner: reads its versions, chooses the newest common one, exchanges credentials. ' +
        'Ends when the handshake is done, or says at which step the partner said what.',
    )
    .requiredOption('--name <name>', 'who it is, for people')
    .requiredOption('--versions-url <url>', 'versions address of the partner')
    .option('--token-a <token>', 'token the partner handed over; - reads it from standard input')
    .option('--version <version>', 'OCPI version; the newest common one when left out', readVersion)
    .addHelpText(
      'after',
      examples([
        [
          'partner register --name "Nord" --versions-url https://nord.example/ocpi/versions --token-a - < token.txt',
          'the token stays out of the process list',
        ],
      ]),
    )
    .action(async (flags: RegisterFlags) => {
      const { name, versionsUrl: versions_url, version } = flags
      const body = { name, versions_url, token_a: await tokenFrom(context, flags), ...agreedIn(flags) }
      const node = connectionFrom(context, flags)
      const answer = await node.call('POST', '/partners', version === undefined ? body : { ...body, version })
      const said = `Registered with ${name} in OCPI ${textAt(answer, 'version')}.`
      show(context, flags, answer, [said, '', ...partnerLines(answer, context.screen.width)])
    })
}

const addList = (partner: Command, context: CommandContext): void => {
  withConnection(partner.command('list'))
    .summary('all partners with their health')
    .description(
      'Lists all partners: status, version, roles, health, and how many changes wait to be delivered.',
    )
    .addHelpText('after', examples([['partner list --json', 'for programs, with endpoints and cursors']]))
    .action(async (flags: ConnectionFlags) => {
      const answer = await connectionFrom(context, flags).call('GET', '/partners')
      show(context, flags, answer, partnerTable(listAt(answer, 'items'), context.screen.width))
    })
}

interface OneAction {
  readonly name: 'show' | 'rotate' | 'remove'
  readonly summary: string
  readonly description: string
  readonly example: string
  act(node: OperatorConnection, id: string): Promise<unknown>
  lines(answer: unknown, width: number): readonly string[]
}

const pathOf = (id: string): string => `/partners/${encodeURIComponent(id)}`

const ACTIONS: readonly OneAction[] = [
  {
    name: 'show',
    summary: 'one partner with endpoints and health',
    description: 'Shows one partner: connection, endpoints, roles, health.',
    example: 'how is the connection?',
    act: (node, id) => node.call('GET', pathOf(id)),
    lines: partnerLines,
  },
  {
    name: 'rotate',
    summary: 'exchange the credentials of both sides',
    description: 'New credentials both ways, without an interval in which neither works.',
    example: 'after somebody left, or once a year',
    act: (node, id) => node.call('POST', `${pathOf(id)}/rotate`),
    lines: (answer) => [`The credentials of ${textAt(answer, 'name')} are new on both sides.`],
  },
  {
    name: 'remove',
    summary: 'unregister: tell the partner, then forget it',
    description: 'Unregisters: the partner is told, then forgotten, whatever it answers.',
    example: 'end the connection',
    act: (node, id) => node.call('DELETE', pathOf(id)),
    lines: (answer) => [
      at(answer, 'told') === true
        ? 'Removed; the partner was told and agreed.'
        : 'Removed here; the partner could not be told.',
    ],
  },
]

const addOne = (partner: Command, context: CommandContext, action: OneAction): void => {
  withConnection(partner.command(action.name))
    .summary(action.summary)
    .description(action.description)
    .argument('<partner>', 'id or name')
    .addHelpText('after', examples([[`partner ${action.name} "Ladenetz Nord"`, action.example]]))
    .action(async (named: string, flags: ConnectionFlags) => {
      const node = connectionFrom(context, flags)
      const answer = await action.act(node, await findPartnerId(node, named))
      show(context, flags, answer, action.lines(answer, context.screen.width))
    })
}

/** `interwatt partner …`: connections of a running node to other platforms. */
export const addPartner: AddCommand = (program, context) => {
  const partner = program
    .command('partner')
    .summary('connect a running node to other platforms')
    .description('Connections of a running node to other platforms, through its operator API.')
    .addHelpText(
      'after',
      examples([
        ['partner invite --name "Ladenetz Nord"', 'they register with us'],
        [
          'partner register --name "Nord" --versions-url https://nord.example/ocpi/versions',
          'we register with them',
        ],
        ['partner list', 'who is connected, and how it goes'],
      ]),
    )
  addInvite(partner, context)
  addRegister(partner, context)
  addList(partner, context)
  for (const action of ACTIONS) addOne(partner, context, action)
}
