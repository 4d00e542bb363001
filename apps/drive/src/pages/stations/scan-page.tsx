import { PageHead } from '../../parts/page.js'
import { textsOf } from '../../texts/say.js'

const say = textsOf('stations')

/** Finds a station by the code that is printed on it. */
export const ScanPage = () => <PageHead title={say('scan_title')} />

export default ScanPage
