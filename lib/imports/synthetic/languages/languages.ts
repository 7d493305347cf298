import { arabic } from './arabic'
import { chinese } from './chinese'
import { english } from './english'
import { french } from './french'
import { german } from './german'
import { greek } from './greek'
import { hebrew } from './hebrew'
import { japanese } from './japanese'
import { korean } from './korean'
import { polish } from './polish'
import { portuguese } from './portuguese'
import { russian } from './russian'
import { spanish } from './spanish'
import { swedish } from './swedish'
import { turkish } from './turkish'

export const languages = [
  english,
  spanish,
  french,
  japanese,
  russian,
  german,
  portuguese,
  chinese,
  arabic,
  korean,
  swedish,
  greek,
  polish,
  turkish,
  hebrew,
]
