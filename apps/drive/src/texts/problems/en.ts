/** Refusals of the node by the name of their type, with underscores. What is not here is said in general words. */
export const problems = {
  charge_running: 'A charge is running. Stop it first.',
  last_way_in: 'This is your only way to sign in. Add another one first.',
  mail_not_sent: 'The email could not be sent. Try again in a minute.',
  no_mail: 'Codes cannot be sent here.',
  no_passkeys: 'Passkeys do not work at this address.',
  passkey_not_accepted: 'The passkey was not accepted. Try again.',
  no_provider: 'This app is not set up yet. Please come back later.',
} as const
