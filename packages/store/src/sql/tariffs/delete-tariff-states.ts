import type { Statement } from '../../database/index.js'

/** Parameters: time before which replaced states are dropped. */
export const deleteTariffStates: Statement = {
  name: 'tariffs/delete-tariff-states',
  text: `
delete from tariff_states
where replaced_at < $1
`,
}
