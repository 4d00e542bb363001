import type { Driver } from '@interwatt/store'
import { type CodeDeps, sendsCodes } from '../drivers/accounts/codes.js'
import type { DeleteDeps } from '../drivers/accounts/delete-driver.js'
import { type PasskeyDeps, passkeyHost } from '../drivers/accounts/passkeys.js'
import type { CardDeps } from '../drivers/cards/cards.js'
import type { Mailer } from '../drivers/mail/mailer.js'
import type { DriverApiDeps } from './deps.js'

/** Everything that accounts, cards and ways to sign in work with. */
export type Accounts = CodeDeps & PasskeyDeps & CardDeps & DeleteDeps & Pick<CodeDeps, 'drivers' | 'objects'>

/** Out of the node it runs in. */
export const accountsOf = ({ core, services }: DriverApiDeps, mailer: Mailer | undefined): Accounts => {
  const { stores, secrets, settings, now, log } = core
  return {
    drivers: stores.drivers,
    access: stores.driverAccess,
    objects: services.objects,
    stored: stores.objects,
    lookup: stores.lookup,
    charges: stores.driverCharges,
    publicUrl: settings.publicUrl,
    secrets,
    mailer,
    now,
    logError: (error) => log.error({ err: error }, 'a sign-in code was not sent'),
  }
}

/** Ways to sign in that this node has. */
export const waysToSignIn = (accounts: Accounts, driverDemo: boolean) => ({
  code: sendsCodes(accounts),
  passkey: passkeyHost(accounts.publicUrl) !== undefined,
  demo: driverDemo,
})

/** Whether a driver can sign in without any passkey. */
export const hasOtherWay = (accounts: Accounts, { email, isDemo }: Driver, driverDemo: boolean): boolean =>
  (email !== null && sendsCodes(accounts)) || (isDemo && driverDemo)
