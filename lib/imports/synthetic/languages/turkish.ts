import { list } from '@/lib/imports/synthetic/phrases'
import { language } from './language'

/** Written with capitals throughout: the capital of a Turkish "i" is "İ", which only a Turkish locale knows. */
export const turkish = language({
  share: 3,
  words: {
    adj: list(
      'Mavi, Beyaz, Kara, Uzak, Sessiz, Eski, Yeni, Yalnız, Derin, Soğuk, Sıcak, Altın, Gümüş, Kayıp, Son, İlk, Küçük, Büyük, Gizli, Kırık, Yeşil, Kırmızı, Uykulu, Yorgun, Gri, Geç',
    ),
    noun: list(
      'Gece, Deniz, Rüzgâr, Yağmur, Yol, Şehir, Ay, Güneş, Yıldız, Gölge, Şarkı, Mektup, Kapı, Pencere, Bahçe, Dağ, Nehir, Köprü, Kış, Yaz, Bahar, Sonbahar, Rüya, Ada, Kuş, Işık, Ateş, Çiçek, Sokak, Gemi',
    ),
    of: list(
      'Gecenin, Denizin, Rüzgârın, Yağmurun, Yolun, Şehrin, Ayın, Güneşin, Yıldızın, Gölgenin, Bahçenin, Dağın, Nehrin, Köprünün, Kışın, Yazın, Baharın, Rüyanın, Adanın, Kuşun, Ateşin, Çiçeğin, Sokağın, Geminin',
    ),
    its: list(
      'Sesi, Rengi, Şarkısı, Işığı, Gölgesi, Kapısı, Yolu, Kokusu, Hikâyesi, Rüyası, Sonu, Kalbi, Çocuğu, Kıyısı, Masalı, Gözü',
    ),
    pl: list(
      'Yıldızlar, Gölgeler, Kuşlar, Gemiler, Rüyalar, Yollar, Mektuplar, Çiçekler, Dalgalar, Işıklar, Kediler, Martılar, Yolcular, Fenerler',
    ),
    line: list(
      'Gitme Kal, Yarın Görüşürüz, Sensiz Olmaz, Bir Daha Söyle, Neredesin, Her Şey Geçer, Bana Anlat, Belki Bir Gün, Uyan Artık, Böyle Olsun, Kim Bilir, Günaydın',
    ),
  },
  titles: {
    '{adj} {noun}': 26,
    '{noun}': 3,
    '{of} {its}': 24,
    '{noun} ve {noun}': 8,
    '{adj} {pl}': 8,
    '{pl}': 2,
    '{of} {adj} {its}': 14,
    'Bir {adj} {noun}': 5,
    '{line}': 6,
  },
  groups: { '{adj} {noun}': 30, '{adj} {pl}': 30, '{noun} ve {noun}': 20, '{of} {its}': 20 },
  people: [
    {
      given:
        'Ahmet, Alev, Ayşe, Barış, Can, Cem, Çağla, Deniz, Ece, Elif, Emre, Fatma, Gökhan, Gül, Hakan, Işıl, İpek, Kerem, Leyla, Mehmet, Nazlı, Oğuz, Özge, Pınar, Selin, Şebnem, Tolga, Ümit, Yağmur, Zeynep',
      family:
        'Acar, Akıncı, Aksoy, Altın, Arslan, Aydın, Bayrak, Bulut, Çelik, Çınar, Demir, Doğan, Erdem, Güneş, Işık, Kaya, Kılıç, Korkmaz, Özkan, Öztürk, Polat, Sarı, Şahin, Taş, Tekin, Toprak, Uçar, Ünal, Yıldırım, Yılmaz',
    },
  ],
  cities: 'İstanbul/Istanbul, Ankara, İzmir, Bursa, Antalya, Trabzon, Eskişehir, Mersin, Konya, Çanakkale',
  live: { '{city} Konseri': 5, 'Bir Gece: {city}': 2 },
  soundtrack: ' (Film Müzikleri)',
  hits: 'Greatest Hits, En İyiler, Seçmeler, Altın Şarkılar',
  playlists: 'Pazar Sabahı, Yol Şarkıları, Koşu, Yaz, Kış, Uyku, Kahve ve Müzik, Parti, Yağmurlu Günler, Keşifler',
})
