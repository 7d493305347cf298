import { list } from '@/lib/imports/synthetic/phrases'
import { language } from './language'

export const arabic = language({
  share: 4,
  words: {
    m: list(
      'قمر, ليل, بحر, طريق, نهر, مطر, حلم, صوت, باب, قلب, نجم, شتاء, صيف, ربيع, بيت, جسر, طائر, ظل, موج, صباح, مساء, لحن, سفر, قطار, ميناء',
    ),
    f: list(
      'مدينة, شمس, نجمة, أغنية, رسالة, وردة, سماء, جزيرة, نافذة, ليلة, ذكرى, غيمة, حكاية, سفينة, شجرة, موجة, رحلة, حديقة, نسمة',
    ),
    am: list(
      'بعيد, أبيض, أزرق, هادئ, قديم, جديد, أخير, صغير, طويل, حزين, جميل, غريب, ذهبي, مسافر, عميق, وحيد, بارد, دافئ',
    ),
    af: list(
      'بعيدة, بيضاء, زرقاء, هادئة, قديمة, جديدة, أخيرة, صغيرة, طويلة, حزينة, جميلة, غريبة, ذهبية, مسافرة, عميقة, وحيدة, باردة, دافئة',
    ),
    construct: list(
      'ليل, صوت, باب, قلب, ظل, لحن, أغنية, طريق, حلم, نور, موج, حكاية, ذاكرة, عطر, لون, سر, نافذة, صمت, أغاني, رسائل, نجوم, طيور',
    ),
    the: list(
      'المدينة, البحر, النهر, المطر, الليل, القمر, الشمس, الشتاء, الصيف, الربيع, الصحراء, الغروب, الفجر, السماء, الجزيرة, الحديقة, الغيم, الرحيل, الطريق, الوردة, الريح, الذاكرة, الميناء, القلب, الصباح',
    ),
    line: list(
      'ابق معي, إلى الغد, قل لي, بدونك, لا تنس, سأعود, مرة أخرى, من يدري, تصبح على خير, أين أنت, كل شيء يمضي, يا ليل, صباح الخير',
    ),
  },
  titles: {
    '{construct} {the}': 34,
    '{m} {am}': 16,
    '{f} {af}': 16,
    '{m}': 2,
    '{f}': 2,
    '{the} و{the}': 8,
    'بين {the} و{the}': 8,
    '{construct} {the} و{the}': 8,
    '{line}': 6,
  },
  groups: { '{construct} {the}': 50, '{m} {am}': 20, '{f} {af}': 20, 'فرقة {the}': 10 },
  people: [
    {
      given:
        'أمين/Amin, باسل/Basel, جمال/Jamal, حسن/Hassan, خالد/Khaled, رامي/Rami, زياد/Ziad, سامي/Sami, طارق/Tarek, عادل/Adel, عمر/Omar, فادي/Fadi, كريم/Karim, مروان/Marwan, نادر/Nader, هاني/Hani, وليد/Walid, يوسف/Youssef, آمال/Amal, أميرة/Amira, دلال/Dalal, رنا/Rana, ريم/Reem, زينة/Zeina, سلمى/Salma, شيرين/Sherine, فاتن/Faten, لمى/Lama, ليلى/Layla, مريم/Mariam, منى/Mona, نور/Nour, هدى/Huda, ياسمين/Yasmin',
      family:
        'البستاني/Al-Bustani, التونسي/Al-Tounsi, الحداد/Al-Haddad, الخطيب/Al-Khatib, الراوي/Al-Rawi, الزين/Al-Zein, السعيد/Al-Said, الشامي/Al-Shami, الصباغ/Al-Sabbagh, العطار/Al-Attar, الفارس/Al-Faris, القاضي/Al-Qadi, الكاتب/Al-Katib, المصري/Al-Masri, النجار/Al-Najjar, بركات/Barakat, حمدان/Hamdan, خوري/Khoury, رزق/Rizk, سلامة/Salameh, شاهين/Shahin, صالح/Saleh, طويل/Tawil, عباس/Abbas, غانم/Ghanem, فرح/Farah, منصور/Mansour, ناصر/Nasser',
    },
  ],
  cities:
    'القاهرة/Cairo, بيروت/Beirut, دمشق/Damascus, بغداد/Baghdad, تونس/Tunis, الجزائر/Algiers, الدار البيضاء/Casablanca, عمّان/Amman, الإسكندرية/Alexandria, صنعاء/Sanaa',
  live: { 'حفل {city}': 4, 'ليلة في {city}': 2 },
  soundtrack: ' (موسيقى الفيلم)',
  hits: 'Greatest Hits, أجمل الأغاني, مختارات, روائع',
  playlists: 'صباح الأحد, ليل, طريق السفر, قهوة, الصيف, للنوم, رياضة, ذكريات, حفلة, مطر',
})
