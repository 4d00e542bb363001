import { type Infer, object, one, open, some, url } from '../../schema/index.js'
import { Endpoint } from './v221.js'

export { Endpoint, InterfaceRole, ModuleID } from './v221.js'

/** 2.3.0 `version_information_endpoint_versionnumber_enum`. */
export const VersionNumber = open('VersionNumber', 'version_information_endpoint_versionnumber_enum', [
  '2.0',
  '2.1',
  '2.1.1',
  '2.2',
  '2.2.1',
  '2.3.0',
])
export type VersionNumber = Infer<typeof VersionNumber>

/** 2.3.0 `version_information_endpoint_version_class`. */
export const Version = object('Version', 'version_information_endpoint_version_class', {
  version: one(VersionNumber),
  url: one(url()),
})
export type Version = Infer<typeof Version>

/** 2.3.0 `version_information_endpoint_version_details_endpoint`. */
export const VersionDetails = object(
  'VersionDetails',
  'version_information_endpoint_version_details_endpoint',
  {
    version: one(VersionNumber),
    endpoints: some(Endpoint),
  },
)
export type VersionDetails = Infer<typeof VersionDetails>
