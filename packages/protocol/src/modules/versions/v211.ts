import { closed, type Infer, object, one, open, some, url } from '../../schema/index.js'

/** 2.1.1 `version_information_endpoint_versionnumber_enum`. */
export const VersionNumber = closed('VersionNumber', 'version_information_endpoint_versionnumber_enum', [
  '2.0',
  '2.1',
  '2.1.1',
])
export type VersionNumber = Infer<typeof VersionNumber>

/** 2.1.1 `version_information_endpoint_moduleid_enum`. */
export const ModuleID = open('ModuleID', 'version_information_endpoint_moduleid_enum', [
  'cdrs',
  'commands',
  'credentials',
  'locations',
  'sessions',
  'tariffs',
  'tokens',
])
export type ModuleID = Infer<typeof ModuleID>

/** 2.1.1 `version_information_endpoint_version_class`. */
export const Version = object('Version', 'version_information_endpoint_version_class', {
  version: one(VersionNumber),
  url: one(url()),
})
export type Version = Infer<typeof Version>

/** 2.1.1 `version_information_endpoint_endpoint_class`: no role, the address says whose it is (VER-007). */
export const Endpoint = object('Endpoint', 'version_information_endpoint_endpoint_class', {
  identifier: one(ModuleID),
  url: one(url()),
})
export type Endpoint = Infer<typeof Endpoint>

/** 2.1.1 `version_information_endpoint_version_details_endpoint`. */
export const VersionDetails = object(
  'VersionDetails',
  'version_information_endpoint_version_details_endpoint',
  {
    version: one(VersionNumber),
    endpoints: some(Endpoint),
  },
)
export type VersionDetails = Infer<typeof VersionDetails>
