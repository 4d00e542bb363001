import type { ClientPartner, OcpiClient, Outcome } from '@interwatt/client'
import {
  canonicalVersion,
  checkDocument,
  type Finding,
  foldCase,
  ocpi230,
  type PartyId,
  parseDocument,
  schemaOf,
  type VersionId,
} from '@interwatt/protocol'
import type { Document, ObjectKey, ObjectStore, Partner, StoredObject } from '@interwatt/store'
import { type Directory, hostedIn } from '../directory/partner-directory.js'
import { type Origin, readIncoming } from '../modules/incoming.js'
import { proposedFields } from '../modules/payments/terminal.rules.js'
import { isLive, planPut } from '../modules/plan-write.js'
import { asDocument } from '../modules/serving.js'
import { invalid, notOurs, readOwnPatch } from '../objects/own-objects.js'
import { describeOutcome } from '../registration/discover.js'
import { type Problem, problem, type Result, type TerminalService, type Written } from '../services.js'

export interface TerminalServiceDeps {
  readonly objects: ObjectStore
  readonly directory: Directory
  readonly client: OcpiClient
  readonly now: () => number
  openPartner(partner: Partner): ClientPartner | undefined
  /** What does not fit with the terminal as it is now (PAY-043). */
  findingsOf(terminal: StoredObject): Promise<readonly Finding[]>
}

type Context = { readonly from?: PartyId; readonly to: PartyId }

interface Reached {
  readonly terminal: StoredObject
  readonly open: ClientPartner
  readonly context: Context
}

const isProblem = (value: object): value is Problem => 'kind' in value && value.kind === 'problem'

const lists = (partner: Partner): boolean =>
  partner.endpoints.some(({ module, side }) => module === 'payments' && side === 'SENDER')

const refusedBy = (partner: string, outcome: Exclude<Outcome, { kind: 'ok' }>): Problem =>
  problem(502, 'The provider did not take it', `${partner} ${describeOutcome(outcome)}`)

/** What a CPO asks of the payment terminals of a provider: changes are proposals to the provider's copy (PAY-001, PAY-009). */
export const createTerminalService = (deps: TerminalServiceDeps): TerminalService => {
  const nowIso = (): string => new Date(deps.now()).toISOString()

  const reach = async (key: ObjectKey): Promise<Reached | Problem> => {
    const terminal = await deps.objects.get(key)
    if (!isLive(terminal)) return problem(404, 'No such terminal', 'No provider has sent this terminal.')
    if (terminal.receivedFrom === null) return notOurs()
    const partner = await deps.directory.partner(terminal.receivedFrom)
    const open = partner?.status === 'REGISTERED' ? deps.openPartner(partner) : undefined
    if (!open) return problem(409, 'The partner is not connected', 'Its provider cannot be reached.')
    const from = terminal.addressee ?? hostedIn(deps.directory.hosted(), 'CPO')[0]
    return { terminal, open, context: { to: key, ...(from === undefined ? {} : { from }) } }
  }

  /** Reads the provider's copy, which is the truth, and stores it; without an answer the stored state stays. */
  const refresh = async ({ terminal, open, context }: Reached): Promise<Result<Written>> => {
    const terminal_id = String(terminal.document.terminal_id)
    const outcome = await deps.client.call(
      open,
      'payments.sender.getTerminal',
      { params: { terminal_id } },
      context,
    )
    const schema = schemaOf(open.version, 'terminal')
    const parsed = outcome.kind === 'ok' && schema ? parseDocument(schema, outcome.data, 'whole') : undefined
    if (parsed?.ok) {
      const origin: Origin = {
        version: open.version,
        receivedFrom: terminal.receivedFrom,
        nowMs: deps.now(),
      }
      const read = readIncoming('terminal', asDocument(parsed.value), origin)
      const { addressee } = terminal
      const incoming = addressee === undefined ? read : { ...read, addressee }
      await deps.objects.write({
        reads: [terminal.key],
        plan: (set) => planPut(terminal.key, incoming, set),
      })
    }
    const object = (await deps.objects.get(terminal.key)) ?? terminal
    return { kind: 'done', value: { created: false, object, findings: await deps.findingsOf(object) } }
  }

  const strictly = (body: Document, form: 'whole' | 'patch'): Problem | undefined => {
    const errors = checkDocument(ocpi230.Terminal, body, form).filter(({ severity }) => severity === 'error')
    return errors.length > 0 ? invalid(errors) : undefined
  }

  const propose = async (
    key: ObjectKey,
    form: 'whole' | 'patch',
    body: unknown,
    version: VersionId,
  ): Promise<Result<Written>> => {
    const change = readOwnPatch('terminal', version, body, nowIso())
    if (change.kind === 'problem') return change
    const reached = await reach(key)
    if (isProblem(reached)) return reached
    const { terminal, open, context } = reached
    const terminal_id = String(terminal.document.terminal_id)
    if (
      change.value.terminal_id !== undefined &&
      foldCase(String(change.value.terminal_id)) !== foldCase(terminal_id)
    )
      return problem(422, 'Body and address differ', '/terminal_id is not the one of the address.')
    const fields = proposedFields(change.value, form)
    const sent: Document =
      form === 'patch'
        ? { ...fields, last_updated: nowIso() }
        : { ...terminal.document, ...fields, last_updated: nowIso() }
    const wrong = strictly(sent, form)
    if (wrong) return wrong
    const operation = form === 'patch' ? 'payments.sender.patchTerminal' : 'payments.sender.putTerminal'
    const outcome = await deps.client.call(open, operation, { params: { terminal_id }, body: sent }, context)
    return outcome.kind === 'ok' ? refresh(reached) : refusedBy('The provider', outcome)
  }

  /** The provider asked: the named partner, or the only one there is. */
  const provider = (partnerId: string | undefined): Partner | Problem => {
    const fitting = deps.directory
      .partners()
      .filter((partner) => partner.status === 'REGISTERED' && lists(partner))
      .filter(({ id }) => partnerId === undefined || id === partnerId)
    const [partner, second] = fitting
    if (partner === undefined)
      return problem(404, 'No payment terminal provider', 'No connected partner offers terminals.')
    return second === undefined
      ? partner
      : problem(409, 'Several payment terminal providers', 'Say which one: partner is its id.')
  }

  return {
    propose,
    async deactivate(key) {
      const reached = await reach(key)
      if (isProblem(reached)) return reached
      const params = { terminal_id: String(reached.terminal.document.terminal_id) }
      const { open, context } = reached
      const outcome = await deps.client.call(open, 'payments.sender.deactivateTerminal', { params }, context)
      return outcome.kind === 'ok' ? refresh(reached) : refusedBy('The provider', outcome)
    },
    async activate(body, { partnerId, party }) {
      const change = readOwnPatch('terminal', canonicalVersion.id, body, nowIso())
      if (change.kind === 'problem') return change
      if (typeof change.value.reference !== 'string')
        return problem(422, 'Which terminal?', 'reference names the terminal, such as its serial number.')
      const partner = provider(partnerId)
      if (isProblem(partner)) return partner
      const [from] = hostedIn(deps.directory.hosted(), 'CPO', party)
      if (from === undefined)
        return problem(403, 'Not an own party', 'No CPO party of this node asks for it.')
      const open = deps.openPartner(partner)
      const to = partner.roles.find(({ role }) => role === 'PTP')?.party ?? partner.roles[0]?.party
      if (!open || !to)
        return problem(409, 'The partner is not connected', `${partner.name} cannot be reached.`)
      const { terminal_id: _id, ...sent } = change.value
      const wrong = strictly(sent, 'patch')
      if (wrong) return wrong
      const context = { from, to }
      const outcome = await deps.client.call(
        open,
        'payments.sender.activateTerminal',
        { params: {}, body: sent },
        context,
      )
      return outcome.kind === 'ok'
        ? { kind: 'done', value: { partnerId: partner.id, reference: change.value.reference } }
        : refusedBy(partner.name, outcome)
    },
  }
}
