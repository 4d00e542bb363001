import { Paper, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { textAt } from '../../api/fields.js'
import { listParties, type Party } from '../../api/node.js'
import type { Partner } from '../../api/partners.js'
import { Failure, Loading } from '../../parts/states.js'
import { partnersQuery } from '../objects/queries.js'
import { moduleTexts, roleTexts } from './texts/roles.js'

/** A party with its roles, of this node or of a partner. */
interface Named {
  readonly key: string
  readonly label: string
  readonly roles: readonly string[]
  /** The page of the partner it belongs to; undefined for parties of this node. */
  readonly page?: string
  readonly version: string | null
}

const own = (party: Party): Named => {
  const key = `${party.country_code}*${party.party_id}`
  const name = textAt(party.business_details, 'name')
  return { key, label: name === '' ? key : `${name} (${key})`, roles: party.roles, version: null }
}

const foreign = (partner: Partner): readonly Named[] => {
  const keys = [...new Set(partner.roles.map((role) => `${role.country_code}*${role.party_id}`))]
  return keys.map((key) => ({
    key: `${partner.id} ${key}`,
    label: `${partner.name} (${key})`,
    roles: partner.roles
      .filter((role) => `${role.country_code}*${role.party_id}` === key)
      .map(({ role }) => role),
    page: `/partners/${encodeURIComponent(partner.id)}`,
    version: partner.version,
  }))
}

const Parties = ({ parties }: { readonly parties: readonly Named[] }) => (
  <ul className="lesson-parties">
    {parties.map(({ key, label, roles, page, version }) => (
      <li key={key}>
        <Text fw={600} component="div" className="page-title">
          {page === undefined ? label : <Link href={page}>{label}</Link>}
        </Text>
        {roles.map((role) => (
          <Text size="sm" key={role}>
            <strong>{roleTexts[role]?.name ?? role}</strong>. {roleTexts[role]?.does ?? ''}
          </Text>
        ))}
        {version !== null && (
          <Text size="sm" c="dimmed">
            Speaks OCPI {version} with this node
          </Text>
        )}
      </li>
    ))}
  </ul>
)

/** The first chapter: the parties of this node and its partners, and what goes between them. */
export const WhoIsWho = () => {
  const parties = useQuery({ queryKey: ['parties', 'list'], queryFn: listParties })
  const partners = useQuery(partnersQuery)
  if (parties.isPending || partners.isPending) return <Loading />
  if (parties.isError) return <Failure error={parties.error} retry={() => parties.refetch()} />
  if (partners.isError) return <Failure error={partners.error} retry={() => partners.refetch()} />
  const connected = partners.data.filter(({ version }) => version !== null)
  return (
    <Stack gap="md">
      <div className="lesson-sides">
        <Paper withBorder p="md" bg="var(--console-panel)" component="section" aria-label="This node">
          <Title order={3} size="h5" mb="xs">
            This node
          </Title>
          {parties.data.length === 0 ? (
            <Text size="sm">It hosts no party yet: an admin adds one with the operator API.</Text>
          ) : (
            <Parties parties={parties.data.map(own)} />
          )}
        </Paper>
        <Paper withBorder p="md" bg="var(--console-panel)" component="section" aria-label="Its partners">
          <Title order={3} size="h5" mb="xs">
            Its partners
          </Title>
          {connected.length === 0 ? (
            <Text size="sm">
              Nobody yet. <Link href="/partners/new">Invite a partner</Link>, or register with one.
            </Text>
          ) : (
            <Parties parties={connected.flatMap(foreign)} />
          )}
        </Paper>
      </div>
      <Paper withBorder p="md" bg="var(--console-panel)" component="section" aria-label="What they exchange">
        <Title order={3} size="h5" mb="xs">
          What they exchange
        </Title>
        <dl className="lesson-modules">
          {moduleTexts.map(({ name, from, what, page }) => (
            <div key={name}>
              <dt>{page === null ? name : <Link href={page}>{name}</Link>}</dt>
              <dd>
                {what} <span className="lesson-from">told by {from}</span>
              </dd>
            </div>
          ))}
        </dl>
      </Paper>
    </Stack>
  )
}
