/** Refusals of the node by the name of their type, with underscores. What is not here is said in general words. */
export const problems = {
  charge_running: 'A charge is running. Stop it first.',
  last_way_in: 'This is your only way to sign in. Add another one first.',
  mail_not_sent: 'The email could not be sent. Try again in a minute.',
  no_mail: 'Codes cannot be sent here.',
  no_passkeys: 'Passkeys do not work at this address.',
  passkey_not_accepted: 'The passkey was not accepted. Try again.',
  no_provider: 'This app is not set up yet. Please come back later.',
  start_running: 'You have asked for this plug already. Look under Charging.',
  nothing_to_stop: 'Nothing runs there any more that could be stopped.',
  nothing_charging: 'Nothing is charging there any more.',
  reservation_held: 'You hold a reservation already. Cancel it first.',
  nothing_to_cancel: 'This reservation does not hold any more.',
  no_receipt: 'The operator has not sent the receipt yet.',
} as const
