import type { KnownVersion } from './texts/fields.js'

const SPECIFICATION = 'https://github.com/ocpi/ocpi/blob'

/** Where each version of the specification is published: its branch, how its files end, whether sections can be named. */
const PLACES: Readonly<
  Record<KnownVersion, { readonly branch: string; readonly ending: string; readonly named: boolean }>
> = {
  '2.1.1': { branch: 'release-2.1.1-bugfixes', ending: 'md', named: false },
  '2.2.1': { branch: 'release-2.2.1-bugfixes', ending: 'asciidoc', named: true },
  '2.3.0': { branch: '2.3.0/release/core', ending: 'asciidoc', named: true },
}

const isKnown = (version: string): version is KnownVersion => Object.hasOwn(PLACES, version)

/** The version of a message, when it is one the texts know. */
export const knownVersion = (version: string | null): KnownVersion | undefined =>
  version !== null && isKnown(version) ? version : undefined

/** The published section of a version, such as `mod_sessions_session_object`. Files are named after modules. */
export const sectionLink = (version: KnownVersion, section: string): string => {
  const { branch, ending, named } = PLACES[version]
  const file = section.split('_').slice(0, 2).join('_')
  return `${SPECIFICATION}/${branch}/${file}.${ending}${named ? `#${section}` : ''}`
}
