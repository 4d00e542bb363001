import type { AccountStore, OperatorAccount, OperatorRole } from '@interwatt/store'
import type { FastifyInstance } from 'fastify'
import type { AccountDesk, Invited } from '../accounts/account-desk.js'
import { PASSWORD_MAX } from '../accounts/password.rules.js'
import { ProblemError, problem } from '../problem.js'
import { operatorRoles } from '../roles.rules.js'
import type { PresentedSession, SignIns } from '../sign-in.js'
import { idParams, line, listOf, object } from '../wire-schemas.js'

/** What the account routes work with. */
export interface AccountRouteDeps {
  readonly accounts: AccountStore
  readonly desk: AccountDesk
  readonly signIns: SignIns
  /** A sign-in as `GET /session` shows it. */
  viewSession(session: PresentedSession): unknown
}

const role = {
  type: 'string',
  enum: operatorRoles,
  description: 'What the person may do, as with keys',
} as const
const when = { type: ['string', 'null'] } as const
const password = {
  type: 'string',
  minLength: 1,
  maxLength: PASSWORD_MAX * 4,
  writeOnly: true,
  description: 'At least 12 characters, five of them different, without login and name',
} as const
const view = {
  id: { type: 'string' },
  login: { type: 'string' },
  name: { type: 'string' },
  role,
  has_password: { type: 'boolean', description: 'False until the person has used the code' },
  invited_by: { type: 'string', description: 'Id of the key or account that invited' },
  invitation_expires_at: { ...when, description: 'Until when a code counts; null when there is none' },
  created_at: { type: 'string' },
  last_sign_in_at: when,
  disabled_at: when,
} as const
const invited = object({
  ...view,
  invitation_code: { type: 'string', description: 'Shown only in this answer' },
})

const viewAccount = (account: OperatorAccount) => ({
  id: account.id,
  login: account.login,
  name: account.name,
  role: account.role,
  has_password: account.password !== null,
  invited_by: account.invitedBy,
  invitation_expires_at: account.invitationExpiresAt,
  created_at: account.createdAt,
  last_sign_in_at: account.lastSignInAt,
  disabled_at: account.disabledAt,
})

const viewInvited = ({ account, code }: Invited) => ({ ...viewAccount(account), invitation_code: code })

const schema = (operationId: string, summary: string, extra: Readonly<Record<string, unknown>> = {}) => ({
  schema: { operationId, tags: ['Accounts'], summary, ...extra },
})

interface PostAccount {
  Body: { login: string; name: string; role: OperatorRole }
}
interface PatchAccount {
  Params: { id: string }
  Body: { name?: string; role?: OperatorRole; disabled?: boolean }
}

const managing = (scope: FastifyInstance, { accounts, desk }: AccountRouteDeps): void => {
  scope.get(
    '/accounts',
    schema('listAccounts', 'Accounts of people', { response: { 200: listOf(object(view)) } }),
    async () => ({ items: (await accounts.list()).map(viewAccount) }),
  )
  scope.post<PostAccount>(
    '/accounts',
    schema('postAccount', 'Invite a person; the code that sets the password is shown only in this answer', {
      body: object(
        {
          login: line(254, 'What the person signs in with, such as an e-mail address'),
          name: line(100),
          role,
        },
        ['login', 'name', 'role'],
      ),
      response: { 201: invited },
    }),
    async ({ body, operatorId }, reply) =>
      reply
        .code(201)
        .header('cache-control', 'no-store')
        .send(viewInvited(await desk.invite({ ...body, by: operatorId }))),
  )
  scope.patch<PatchAccount>(
    '/accounts/:id',
    schema(
      'patchAccount',
      'Change name or role, disable or enable; a disabled account is signed out at once',
      {
        params: idParams,
        body: object({ name: line(100), role, disabled: { type: 'boolean' } }),
        response: { 200: object(view) },
      },
    ),
    async ({ params, body, operatorId }) => {
      if (params.id === operatorId && (body.disabled === true || body.role !== undefined))
        throw new ProblemError(problem(409, 'This is your own account. Another admin has to do that.'))
      return viewAccount(await desk.change(params.id, body))
    },
  )
  scope.post<{ Params: { id: string } }>(
    '/accounts/:id/invitation',
    schema('inviteAccountAgain', 'A new code that sets the password, such as when it is forgotten', {
      params: idParams,
      response: { 201: invited },
    }),
    async ({ params }, reply) =>
      reply
        .code(201)
        .header('cache-control', 'no-store')
        .send(viewInvited(await desk.inviteAgain(params.id))),
  )
}

/** Accounts of people: made by admins, opened by a code, with a password of their own. */
export const accountRoutes = (scope: FastifyInstance, deps: AccountRouteDeps): void => {
  managing(scope, deps)
  scope.post<{ Body: { code: string; password: string } }>(
    '/accounts/activation',
    {
      config: { public: true },
      ...schema('activateAccount', 'Set the password by the code of an invitation, and sign in', {
        security: [],
        body: object({ code: { ...line(100, 'Code of the invitation'), writeOnly: true }, password }, [
          'code',
          'password',
        ]),
      }),
    },
    async ({ ip, body }, reply) => {
      const account = await deps.desk.activate(ip, body)
      const { cookie, session } = await deps.signIns.begin({ kind: 'account', ...account })
      return reply
        .code(201)
        .headers({ 'set-cookie': cookie, 'cache-control': 'no-store' })
        .send(deps.viewSession(session))
    },
  )
  scope.put<{ Body: { current: string; password: string } }>(
    '/accounts/password',
    schema('changePassword', 'Change the password of the account that is signed in; its other sign-ins end', {
      body: object({ current: { ...password, description: 'The present password' }, password }, [
        'current',
        'password',
      ]),
    }),
    async ({ ip, body, operatorSession }, reply) => {
      if (operatorSession === null || operatorSession.accountId === null)
        throw new ProblemError(problem(409, 'A key has no password. Sign in with an account.'))
      const { accountId: id, hash: sessionHash } = operatorSession
      await deps.desk.changePassword(ip, { id, sessionHash, ...body })
      return reply.code(204).send()
    },
  )
}
