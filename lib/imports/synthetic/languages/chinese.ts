import { list } from '@/lib/imports/synthetic/phrases'
import { language } from './language'

export const chinese = language({
  share: 5,
  words: {
    noun: list(
      '风, 雨, 雪, 月光, 星空, 海洋, 河流, 城市, 森林, 花园, 夜晚, 清晨, 黄昏, 春天, 夏天, 秋天, 冬天, 梦, 影子, 窗, 街道, 车站, 岛屿, 信, 时光, 回忆, 远方, 故乡, 云, 灯火, 候鸟, 山谷, 沙漠, 镜子, 钟声, 彩虹, 微光, 旅人, 青春, 潮汐',
    ),
    adj: list(
      '安静, 遥远, 温柔, 孤独, 最后, 透明, 蓝色, 金色, 沉默, 古老, 遗忘, 寒冷, 漫长, 明亮, 无尽, 小小, 银色, 破碎, 流浪, 透亮',
    ),
    place: list('海边, 山上, 桥下, 雨中, 窗前, 路口, 梦里, 云端, 河畔, 月下, 城南, 林间'),
    going: list('等待, 寻找, 穿过, 想念, 告别, 遇见, 听见, 追逐, 遗忘, 走进'),
    line: list(
      '留下来, 明天见, 没有你的日子, 再说一遍, 也许有一天, 一切都会过去, 晚安, 你在哪里, 慢慢走, 好久不见, 我们的歌, 天亮以前, 不说再见, 从前',
    ),
  },
  titles: {
    '{adj}的{noun}': 24,
    '{noun}': 4,
    '{noun}与{noun}': 9,
    '{place}的{noun}': 14,
    '{going}{noun}': 12,
    '{going}{adj}的{noun}': 14,
    '{adj}的{noun}和{noun}': 12,
    '{noun}之歌': 3,
    '{line}': 8,
  },
  groups: { '{noun}乐队': 12, '{adj}{noun}': 30, '{noun}与{noun}': 24, '{place}{noun}': 24, '{noun}合唱团': 6 },
  people: [
    {
      given:
        '安然/Anran, 子涵/Zihan, 文博/Wenbo, 雨桐/Yutong, 思远/Siyuan, 晓峰/Xiaofeng, 静怡/Jingyi, 明轩/Mingxuan, 若曦/Ruoxi, 志强/Zhiqiang, 佳宁/Jianing, 梦瑶/Mengyao, 海涛/Haitao, 雪莹/Xueying, 俊杰/Junjie, 心怡/Xinyi, 天宇/Tianyu, 秋月/Qiuyue, 国栋/Guodong, 小满/Xiaoman, 一鸣/Yiming, 云舒/Yunshu, 清/Qing, 岚/Lan, 默/Mo, 燕/Yan',
      family:
        '王/Wang, 李/Li, 张/Zhang, 刘/Liu, 陈/Chen, 杨/Yang, 赵/Zhao, 黄/Huang, 周/Zhou, 吴/Wu, 徐/Xu, 孙/Sun, 胡/Hu, 朱/Zhu, 高/Gao, 林/Lin, 何/He, 郭/Guo, 马/Ma, 罗/Luo, 梁/Liang, 宋/Song, 郑/Zheng, 谢/Xie, 韩/Han, 唐/Tang, 冯/Feng, 于/Yu, 董/Dong, 程/Cheng, 沈/Shen, 苏/Su, 叶/Ye, 欧阳/Ouyang',
    },
  ],
  familyFirst: true,
  cities:
    '北京/Beijing, 上海/Shanghai, 成都/Chengdu, 广州/Guangzhou, 台北/Taipei, 香港/Hong Kong, 西安/Xi’an, 武汉/Wuhan, 杭州/Hangzhou, 南京/Nanjing',
  live: { '{city}现场': 4, '{city}演唱会': 3 },
  soundtrack: '（电影原声带）',
  hits: 'Greatest Hits, 精选集, 精选, 最好的歌, 全记录',
  playlists: '周日早晨, 跑步, 夏天, 睡前, 路上, 雨天, 工作, 老歌, 聚会, 单曲循环',
})
