import { PageHead } from '../../parts/page.js'
import { textsOf } from '../../texts/say.js'

const say = textsOf('charging')

/** The charge that runs now. */
export const ChargingPage = () => <PageHead title={say('title')} />

export default ChargingPage
