import type { ModuleContract } from '../../contract/endpoint.js'
import type { Schema } from '../../schema/index.js'

/** PATCH of a tariff, which left the protocol with 2.2. */
export const tariffPatch = <T extends Schema>(schema: T) =>
  ({
    operation: 'tariffs.receiver.patch',
    module: 'tariffs',
    side: 'RECEIVER',
    anchor: 'mod_tariffs_emsp_interface',
    method: 'PATCH',
    path: '/{country_code}/{party_id}/{tariff_id}',
    body: { document: 'tariff', schema, form: 'patch' },
  }) as const

/** Tariffs, both interfaces; PATCH left the protocol with 2.2 (2.2.1 `mod_tariffs_interfaces_and_endpoints`). */
export const tariffs = <T extends Schema>(v: { Tariff: T }) => {
  const tariff = { document: 'tariff', schema: v.Tariff } as const
  const receiver = { module: 'tariffs', side: 'RECEIVER', anchor: 'mod_tariffs_emsp_interface' } as const
  const T = '/{country_code}/{party_id}/{tariff_id}'
  return {
    id: 'tariffs',
    kind: 'functional',
    endpoints: [
      {
        operation: 'tariffs.sender.list',
        module: 'tariffs',
        side: 'SENDER',
        anchor: 'mod_tariffs_cpo_interface',
        method: 'GET',
        path: '',
        data: tariff,
        paged: true,
      },
      { operation: 'tariffs.receiver.get', ...receiver, method: 'GET', path: T, data: tariff },
      {
        operation: 'tariffs.receiver.put',
        ...receiver,
        method: 'PUT',
        path: T,
        body: { ...tariff, form: 'whole' },
      },
      { operation: 'tariffs.receiver.delete', ...receiver, method: 'DELETE', path: T },
    ],
  } as const satisfies ModuleContract
}

/** Tariffs of 2.1.1, which can be patched (TAR-007). */
export const tariffsWithPatch = <T extends Schema>(v: { Tariff: T }) => {
  const whole = tariffs(v)
  return {
    ...whole,
    endpoints: [...whole.endpoints, tariffPatch(v.Tariff)],
  } as const satisfies ModuleContract
}
