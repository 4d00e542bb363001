/** Ends a sign-in by its hash. */
export const deleteOperatorSession = {
  name: 'delete-operator-session',
  text: 'delete from operator_sessions where hash = $1',
}
