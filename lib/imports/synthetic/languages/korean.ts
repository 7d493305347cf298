import { list } from '@/lib/imports/synthetic/phrases'
import { language } from './language'

export const korean = language({
  share: 4,
  words: {
    noun: list(
      '바람, 비, 눈, 달, 별, 바다, 강, 도시, 숲, 정원, 밤, 아침, 노을, 봄, 여름, 가을, 겨울, 꿈, 그림자, 창문, 골목, 정거장, 섬, 편지, 기억, 고향, 구름, 불빛, 새, 거울, 종소리, 무지개, 빛, 꽃, 하늘, 파도, 계절, 약속, 기차, 산책',
    ),
    adj: list(
      '푸른, 하얀, 먼, 조용한, 작은, 마지막, 새로운, 오래된, 차가운, 따뜻한, 투명한, 끝없는, 잊혀진, 그리운, 외로운, 잠들지 않는, 이름 없는, 느린, 눈부신, 첫',
    ),
    line: list(
      '내일 또 만나, 네가 없는 밤, 다시 한번만, 어디로 가니, 집으로 가는 길, 괜찮아, 아무도 모르게, 이대로, 잘 자, 여기 있을게, 잊지 마, 안녕, 언젠가는',
    ),
  },
  titles: {
    '{noun}의 {noun}': 22,
    '{adj} {noun}': 24,
    '{noun}': 4,
    '{noun}, {noun}': 8,
    '{adj} {noun}의 {noun}': 20,
    '{noun} 속의 {noun}': 8,
    '{noun}에게': 3,
    '{line}': 8,
  },
  groups: { '{adj} {noun}': 40, '{noun}의 {noun}': 30, '{noun} 밴드': 10, '{noun} 속의 {noun}': 20 },
  people: [
    {
      given:
        '가은/Ga-eun, 건우/Geon-woo, 나래/Na-rae, 다인/Da-in, 도현/Do-hyun, 동혁/Dong-hyuk, 민서/Min-seo, 보람/Bo-ram, 서연/Seo-yeon, 성민/Sung-min, 소라/So-ra, 수진/Su-jin, 승우/Seung-woo, 아름/A-reum, 영호/Young-ho, 유진/Yu-jin, 은지/Eun-ji, 재현/Jae-hyun, 정우/Jung-woo, 준호/Jun-ho, 지민/Ji-min, 하늘/Ha-neul, 현아/Hyun-a, 혜린/Hye-rin',
      family:
        '강/Kang, 고/Ko, 권/Kwon, 김/Kim, 남/Nam, 노/Noh, 문/Moon, 박/Park, 배/Bae, 백/Baek, 서/Seo, 송/Song, 신/Shin, 안/Ahn, 양/Yang, 오/Oh, 유/Yoo, 윤/Yoon, 이/Lee, 임/Lim, 장/Jang, 정/Jung, 조/Cho, 최/Choi, 한/Han, 홍/Hong, 황/Hwang',
    },
  ],
  familyFirst: true,
  cities: '서울/Seoul, 부산/Busan, 대구/Daegu, 인천/Incheon, 광주/Gwangju, 대전/Daejeon, 제주/Jeju, 전주/Jeonju',
  live: { '{city} 라이브': 4, '{city} 공연 실황': 2 },
  soundtrack: ' (영화 음악)',
  hits: 'Greatest Hits, 베스트, 베스트 앨범, 모음집',
  playlists: '일요일 아침, 달리기, 여름, 겨울, 드라이브, 자기 전에, 비 오는 날, 공부할 때, 추억, 카페',
})
