import { PageHead } from '../../parts/page.js'
import { textsOf } from '../../texts/say.js'

const say = textsOf('stations')

/** The map and list of stations, and the page of a station. */
export const StationsPages = () => <PageHead title={say('title')} />

export default StationsPages
