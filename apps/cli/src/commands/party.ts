import { type PartyId, partyLabel } from '@interwatt/protocol'
import { Option } from 'commander'
import { type AddCommand, examples } from '../command-context.js'
import { type ConnectionFlags, connectionFrom, withConnection } from '../operator/options.js'
import { readParty, several } from '../options.js'
import { listAt, textAt } from '../read-json.js'
import { tableLines } from '../terminal/table.js'

interface HostFlags extends ConnectionFlags {
  readonly name: string
  readonly role: readonly string[]
}

const ROLES = ['CPO', 'EMSP', 'NAP', 'NSP', 'OTHER', 'PTP', 'SCSP'] as const

const readRole = (text: string, before: readonly string[] | undefined): readonly string[] =>
  several(text.toUpperCase(), before)

const rowOf = (party: unknown): readonly string[] => [
  `${textAt(party, 'country_code')}*${textAt(party, 'party_id')}`,
  listAt(party, 'roles').join(', '),
  textAt(party, 'business_details', 'name'),
]

/** `interwatt party …`: whom a running node speaks for. */
export const addParty: AddCommand = (program, context) => {
  const { screen } = context
  const party = program
    .command('party')
    .summary('say for whom a running node speaks')
    .description('Parties that a running node hosts. A node needs one before it can have partners.')
    .addHelpText(
      'after',
      examples([['party host DE*ABC --role CPO --name "ABC Energie"', 'the first step after "serve"']]),
    )
  withConnection(party.command('host'))
    .summary('host a party, or change what it is')
    .description('Hosts a party on the node, or changes its roles and name.')
    .argument('<party>', 'country code and party id, such as DE*ABC', readParty)
    .addOption(
      new Option('--role <role>', `${ROLES.join(', ')}; may be repeated`)
        .argParser(readRole)
        .makeOptionMandatory(),
    )
    .requiredOption('--name <name>', 'business name')
    .addHelpText(
      'after',
      examples([
        ['party host NL*XYZ --role CPO --role EMSP --name "XYZ Mobility"', 'one party in two roles'],
      ]),
    )
    .action(async (id: PartyId, flags: HostFlags) => {
      const body = { roles: flags.role, business_details: { name: flags.name } }
      const node = connectionFrom(context, flags)
      const answer = await node.call('PUT', `/parties/${id.countryCode}/${id.partyId}`, body)
      if (flags.json) screen.out(JSON.stringify(answer, undefined, 2))
      else screen.out(`${node.url} hosts ${partyLabel(id)} as ${flags.role.join(', ')}.`)
    })
  withConnection(party.command('list'))
    .summary('parties the node hosts')
    .description('Lists the parties that the node hosts.')
    .addHelpText('after', examples([['party list', 'for whom does it speak?']]))
    .action(async (flags: ConnectionFlags) => {
      const answer = await connectionFrom(context, flags).call('GET', '/parties')
      const rows = listAt(answer, 'items').map(rowOf)
      if (flags.json) screen.out(JSON.stringify(answer, undefined, 2))
      else if (rows.length === 0) screen.out('No parties yet. "interwatt party host" makes one.')
      else for (const line of tableLines(['PARTY', 'ROLES', 'NAME'], rows, screen.width)) screen.out(line)
    })
}
