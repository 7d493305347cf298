import { list } from '@/lib/imports/synthetic/phrases'
import { language } from './language'

export const japanese = language({
  share: 7,
  words: {
    noun: list(
      '風, 雨, 雪, 月, 星, 海, 川, 街, 森, 庭, 夜, 朝, 夕暮れ, 春, 夏, 秋, 冬, 夢, 影, 窓, 駅, 島, 手紙, 記憶, 故郷, 雲, 灯り, 鳥, 谷, 鏡, 鐘, 虹, 光, 花, 空, 波, 坂道, 約束, 硝子, 汽車',
    ),
    kana: list(
      'メロディ, カーテン, ランプ, レコード, ピアノ, スクリーン, ステーション, リボン, モーニング, サンデー, ブルース, ワルツ, ラジオ, シグナル, カレンダー, ネオン, サイダー, パレード, オーロラ, プラネット',
    ),
    adj: list(
      '青い, 白い, 遠い, 静かな, 淡い, 小さな, 眠れない, 名もない, 新しい, 古い, 冷たい, 優しい, 透明な, 最後の, 終わらない, 忘れられた, 懐かしい, 長い, 見えない, はじめての',
    ),
    hira: list(
      'さよなら, おやすみ, ただいま, ありがとう, ひとりごと, かくれんぼ, あしたの, きみの, ぼくらの, いつかの',
    ),
    line: list(
      'また明日, 君がいない, もう一度だけ, どこへ行くの, 帰り道で, 大丈夫, 誰も知らない, このままで, 夜明け前, ここにいるよ, 忘れないで, まだ間に合う, 風が吹いたら',
    ),
  },
  titles: {
    '{noun}の{noun}': 18,
    '{adj}{noun}': 18,
    '{adj}{kana}': 10,
    '{noun}の{kana}': 12,
    '{hira}{noun}': 6,
    '{hira}{kana}': 5,
    '{noun}': 3,
    '{kana}': 3,
    '{noun}と{noun}': 7,
    '{adj}{noun}の{noun}': 12,
    '{line}': 7,
  },
  groups: { '{adj}{noun}': 26, '{noun}と{noun}': 20, '{kana}{noun}': 20, '{kana}・{kana}': 18, '{noun}の{kana}': 16 },
  people: [
    {
      given:
        '葵/Aoi, 明/Akira, 愛/Ai, 彩/Aya, 大輔/Daisuke, 英二/Eiji, 芽衣/Mei, 花/Hana, 春香/Haruka, 光/Hikaru, 浩/Hiroshi, 蛍/Hotaru, 純/Jun, 海斗/Kaito, 香織/Kaori, 健/Ken, 恵/Megumi, 美咲/Misaki, 直樹/Naoki, 凪/Nagi, 玲奈/Reina, 涼/Ryo, 咲/Saki, 翔/Sho, 空/Sora, 拓也/Takuya, 椿/Tsubaki, 優/Yu, 結衣/Yui, 雪乃/Yukino',
      family:
        '青木/Aoki, 石川/Ishikawa, 上野/Ueno, 大島/Oshima, 岡田/Okada, 小川/Ogawa, 風間/Kazama, 川村/Kawamura, 北野/Kitano, 木村/Kimura, 黒田/Kuroda, 桜井/Sakurai, 佐々木/Sasaki, 清水/Shimizu, 白石/Shiraishi, 高橋/Takahashi, 竹内/Takeuchi, 月野/Tsukino, 中島/Nakajima, 西村/Nishimura, 野口/Noguchi, 橋本/Hashimoto, 林/Hayashi, 藤井/Fujii, 星野/Hoshino, 松本/Matsumoto, 水谷/Mizutani, 森/Mori, 山口/Yamaguchi, 吉田/Yoshida',
    },
  ],
  familyFirst: true,
  cities:
    '東京/Tokyo, 大阪/Osaka, 京都/Kyoto, 札幌/Sapporo, 福岡/Fukuoka, 横浜/Yokohama, 名古屋/Nagoya, 神戸/Kobe, 仙台/Sendai, 那覇/Naha',
  live: { '{city}ライブ': 4, 'ライブ・イン・{city}': 3, '{city}の夜': 1 },
  soundtrack: '（オリジナル・サウンドトラック）',
  hits: 'Greatest Hits, ベスト・コレクション, ベスト, 全曲集, シングルス',
  playlists: '作業用, 日曜の朝, 夏, 冬, ドライブ, 寝る前に, ランニング, 雨の日, 懐かしい曲, お気に入り, 通勤',
})
