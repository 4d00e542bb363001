import { withField } from '../../lens/fields.js'
import { lens, note, type Step } from '../../lens/lens.js'

const noHub = 'the target version has no role for hubs'

/** A hub behind a hub has a role in the older version only; what stays of it further up is a party of role OTHER (HCI-029). */
const hubIsOther: Step = {
  keepsShape: false,
  declares: [{ direction: 'up', pointer: '/role', reason: noHub }],
  up(client, at, crossing) {
    if (client.role !== 'HUB') return client
    note(crossing, at, 'role', { reason: noHub, severity: 'changed' })
    return withField(client, 'role', 'OTHER')
  },
  down: (client) => client,
}

/** ClientInfo: the roles of the two versions. */
export const clientInfo = lens(hubIsOther)
