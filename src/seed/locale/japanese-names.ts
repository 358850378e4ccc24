import type { NameLists, WrittenName } from './locale.ts'

/** Names with their reading: kanji alone do not say how an address is spelt. */
export const japaneseNames: NameLists = {
  female: readings(
    '愛 ai 葵 aoi 彩 aya 彩花 ayaka 明美 akemi 恵美 emi 花子 hanako 陽菜 hina 裕子 hiroko 久美子 kumiko 加奈 kana 和子 kazuko ' +
      '京子 kyoko 舞 mai 真由美 mayumi 恵 megumi 美咲 misaki 美穂 miho 美優 miyu 桃子 momoko 直美 naomi 七海 nanami 七緒 nao 典子 noriko ' +
      '里奈 rina 凛 rin 桜 sakura 沙織 saori 千尋 chihiro 智子 tomoko 由美 yumi 優花 yuka 優子 yuko 結衣 yui 陽子 yoko 遥 haruka',
  ),
  male: readings(
    '亮 ryo 健太 kenta 健一 kenichi 大輔 daisuke 大輝 daiki 拓也 takuya 翔太 shota 翔 sho 修 osamu 誠 makoto 学 manabu 浩 hiroshi ' +
      '浩二 koji 和也 kazuya 和彦 kazuhiko 直樹 naoki 直人 naoto 秀樹 hideki 英樹 hidetoshi 博之 hiroyuki 隆 takashi 武 takeshi 豊 yutaka ' +
      '進 susumu 聡 satoshi 淳 jun 稔 minoru 涼太 ryota 悠斗 yuto 蓮 ren 陸 riku 一郎 ichiro 太郎 taro 三郎 saburo 達也 tatsuya 祐介 yusuke',
  ),
  last: readings(
    '佐藤 sato 鈴木 suzuki 高橋 takahashi 田中 tanaka 渡辺 watanabe 伊藤 ito 山本 yamamoto 中村 nakamura 小林 kobayashi 加藤 kato ' +
      '吉田 yoshida 山田 yamada 佐々木 sasaki 山口 yamaguchi 松本 matsumoto 井上 inoue 木村 kimura 林 hayashi 清水 shimizu 斎藤 saito ' +
      '山崎 yamazaki 森 mori 池田 ikeda 橋本 hashimoto 阿部 abe 石川 ishikawa 山下 yamashita 中島 nakajima 石井 ishii 小川 ogawa ' +
      '前田 maeda 岡田 okada 長谷川 hasegawa 藤田 fujita 後藤 goto 近藤 kondo 村上 murakami 遠藤 endo 青木 aoki 坂本 sakamoto ' +
      '福田 fukuda 太田 ota 西村 nishimura 藤井 fujii 岡本 okamoto 金子 kaneko 藤原 fujiwara 中野 nakano 三浦 miura 原田 harada ' +
      '中川 nakagawa 松田 matsuda 竹内 takeuchi 小野 ono 田村 tamura 中山 nakayama 和田 wada 石田 ishida 上田 ueda 森田 morita',
  ),
}

function readings(pairs: string): readonly WrittenName[] {
  const words = pairs.split(' ')
  return words.flatMap((name, at) => (at % 2 === 0 ? [{ name, ascii: words[at + 1] ?? '' }] : []))
}
