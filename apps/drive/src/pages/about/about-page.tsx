import { PageHead } from '../../parts/page.js'
import { textsOf } from '../../texts/say.js'

const say = textsOf('about')

/** About the app. */
export const AboutPage = () => <PageHead title={say('title')} />

export default AboutPage
