<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar_EG" sourcelanguage="en">
<context>
    <name></name>
    <message numerus="yes">
        <source>%n page(s)</source>
        <translation>
            <numerusform>لا صفحات</numerusform>
            <numerusform>صفحة واحدة</numerusform>
            <numerusform>صفحتان</numerusform>
            <numerusform>%n صفحات</numerusform>
            <numerusform>%n صفحة</numerusform>
            <numerusform>%n صفحة</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n page(s) without a complaint</source>
        <comment>of the checks</comment>
        <translation>
            <numerusform>لا صفحة سليمة</numerusform>
            <numerusform>صفحة واحدة سليمة</numerusform>
            <numerusform>صفحتان سليمتان</numerusform>
            <numerusform>%n صفحات سليمة</numerusform>
            <numerusform>%n صفحة سليمة</numerusform>
            <numerusform>%n صفحة سليمة</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n blank</source>
        <comment>backs of sheets</comment>
        <translation>
            <numerusform>بلا ظهور بيضاء</numerusform>
            <numerusform>ظهر أبيض</numerusform>
            <numerusform>ظهران أبيضان</numerusform>
            <numerusform>%n ظهور بيضاء</numerusform>
            <numerusform>%n ظهرًا أبيض</numerusform>
            <numerusform>%n ظهر أبيض</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n document(s)</source>
        <translation>
            <numerusform>لا مستندات</numerusform>
            <numerusform>مستند واحد</numerusform>
            <numerusform>مستندان</numerusform>
            <numerusform>%n مستندات</numerusform>
            <numerusform>%n مستندًا</numerusform>
            <numerusform>%n مستند</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n case file(s)</source>
        <translation>
            <numerusform>لا قضايا</numerusform>
            <numerusform>قضية واحدة</numerusform>
            <numerusform>قضيتان</numerusform>
            <numerusform>%n قضايا</numerusform>
            <numerusform>%n قضية</numerusform>
            <numerusform>%n قضية</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n lot(s)</source>
        <translation>
            <numerusform>لا دفعات</numerusform>
            <numerusform>دفعة واحدة</numerusform>
            <numerusform>دفعتان</numerusform>
            <numerusform>%n دفعات</numerusform>
            <numerusform>%n دفعة</numerusform>
            <numerusform>%n دفعة</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) left to look at</source>
        <comment>of a sample</comment>
        <translation>
            <numerusform>لا صورة باقية</numerusform>
            <numerusform>بقيت صورة واحدة</numerusform>
            <numerusform>بقيت صورتان</numerusform>
            <numerusform>بقيت %n صور</numerusform>
            <numerusform>بقيت %n صورة</numerusform>
            <numerusform>بقيت %n صورة</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sheet(s) without an image</source>
        <comment>of a lot</comment>
        <translation>
            <numerusform>لكل ورقة صورة</numerusform>
            <numerusform>ورقة بلا صورة</numerusform>
            <numerusform>ورقتان بلا صور</numerusform>
            <numerusform>%n ورقات بلا صور</numerusform>
            <numerusform>%n ورقة بلا صور</numerusform>
            <numerusform>%n ورقة بلا صور</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n case file(s)</source>
        <comment>where the results are</comment>
        <translation>
            <numerusform>في لا قضية</numerusform>
            <numerusform>في قضية واحدة</numerusform>
            <numerusform>في قضيتين</numerusform>
            <numerusform>في %n قضايا</numerusform>
            <numerusform>في %n قضية</numerusform>
            <numerusform>في %n قضية</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s)</source>
        <comment>on the disk</comment>
        <translation>
            <numerusform>لا ملفات</numerusform>
            <numerusform>ملف واحد</numerusform>
            <numerusform>ملفان</numerusform>
            <numerusform>%n ملفات</numerusform>
            <numerusform>%n ملفًا</numerusform>
            <numerusform>%n ملف</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n package(s)</source>
        <translation>
            <numerusform>لا حزم</numerusform>
            <numerusform>حزمة واحدة</numerusform>
            <numerusform>حزمتان</numerusform>
            <numerusform>%n حزم</numerusform>
            <numerusform>%n حزمة</numerusform>
            <numerusform>%n حزمة</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n signed for</source>
        <comment>packages</comment>
        <translation>
            <numerusform>لا إيصال بعد</numerusform>
            <numerusform>وُقّع إيصال واحد</numerusform>
            <numerusform>وُقّع إيصالان</numerusform>
            <numerusform>وُقّعت %n إيصالات</numerusform>
            <numerusform>وُقّع %n إيصالًا</numerusform>
            <numerusform>وُقّع %n إيصال</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n need(s) you</source>
        <comment>packages</comment>
        <translation>
            <numerusform>لا شيء يحتاجك</numerusform>
            <numerusform>حزمة تحتاجك</numerusform>
            <numerusform>حزمتان تحتاجانك</numerusform>
            <numerusform>%n حزم تحتاجك</numerusform>
            <numerusform>%n حزمة تحتاجك</numerusform>
            <numerusform>%n حزمة تحتاجك</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n without a receipt</source>
        <comment>packages</comment>
        <translation>
            <numerusform>لا حزم بلا إيصال</numerusform>
            <numerusform>حزمة بلا إيصال</numerusform>
            <numerusform>حزمتان بلا إيصال</numerusform>
            <numerusform>%n حزم بلا إيصال</numerusform>
            <numerusform>%n حزمة بلا إيصال</numerusform>
            <numerusform>%n حزمة بلا إيصال</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n result(s)</source>
        <translation>
            <numerusform>لا نتائج</numerusform>
            <numerusform>نتيجة واحدة</numerusform>
            <numerusform>نتيجتان</numerusform>
            <numerusform>%n نتائج</numerusform>
            <numerusform>%n نتيجة</numerusform>
            <numerusform>%n نتيجة</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n place(s)</source>
        <comment>where the words stand on the page</comment>
        <translation>
            <numerusform>لا مواضع</numerusform>
            <numerusform>موضع واحد</numerusform>
            <numerusform>موضعان</numerusform>
            <numerusform>%n مواضع</numerusform>
            <numerusform>%n موضعًا</numerusform>
            <numerusform>%n موضع</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>of %n doubt(s)</source>
        <comment>the one at hand is counted before it</comment>
        <translation>
            <numerusform>من %n موضع</numerusform>
            <numerusform>من موضع واحد</numerusform>
            <numerusform>من موضعين</numerusform>
            <numerusform>من %n مواضع</numerusform>
            <numerusform>من %n موضعًا</numerusform>
            <numerusform>من %n موضع</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s)</source>
        <comment>of text</comment>
        <translation>
            <numerusform>لا أسطر</numerusform>
            <numerusform>سطر واحد</numerusform>
            <numerusform>سطران</numerusform>
            <numerusform>%n أسطر</numerusform>
            <numerusform>%n سطرًا</numerusform>
            <numerusform>%n سطر</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n page(s) to read</source>
        <translation>
            <numerusform>لا صفحات تنتظر</numerusform>
            <numerusform>صفحة تنتظر القراءة</numerusform>
            <numerusform>صفحتان تنتظران القراءة</numerusform>
            <numerusform>%n صفحات تنتظر القراءة</numerusform>
            <numerusform>%n صفحة تنتظر القراءة</numerusform>
            <numerusform>%n صفحة تنتظر القراءة</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n page(s) set aside</source>
        <translation>
            <numerusform>لا صفحات منحّاة</numerusform>
            <numerusform>صفحة منحّاة</numerusform>
            <numerusform>صفحتان منحّاتان</numerusform>
            <numerusform>%n صفحات منحّاة</numerusform>
            <numerusform>%n صفحة منحّاة</numerusform>
            <numerusform>%n صفحة منحّاة</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n page(s) have not been read yet.</source>
        <translation>
            <numerusform>قُرئت الصفحات كلها.</numerusform>
            <numerusform>صفحة واحدة لم تُقرأ بعد.</numerusform>
            <numerusform>صفحتان لم تُقرآ بعد.</numerusform>
            <numerusform>%n صفحات لم تُقرأ بعد.</numerusform>
            <numerusform>%n صفحة لم تُقرأ بعد.</numerusform>
            <numerusform>%n صفحة لم تُقرأ بعد.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) were not taken; the rest went on.</source>
        <translation>
            <numerusform>أُخذ الكل.</numerusform>
            <numerusform>لم يؤخذ واحد، ومضى الباقي.</numerusform>
            <numerusform>لم يؤخذ اثنان، ومضى الباقي.</numerusform>
            <numerusform>لم تؤخذ %n، ومضى الباقي.</numerusform>
            <numerusform>لم يؤخذ %n، ومضى الباقي.</numerusform>
            <numerusform>لم يؤخذ %n، ومضى الباقي.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n second(s) left</source>
        <translation>
            <numerusform>بقي أقل من ثانية</numerusform>
            <numerusform>بقيت نحو ثانية</numerusform>
            <numerusform>بقيت نحو ثانيتين</numerusform>
            <numerusform>بقيت نحو %n ثوانٍ</numerusform>
            <numerusform>بقيت نحو %n ثانية</numerusform>
            <numerusform>بقيت نحو %n ثانية</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n minute(s) left</source>
        <translation>
            <numerusform>بقي أقل من دقيقة</numerusform>
            <numerusform>بقيت نحو دقيقة</numerusform>
            <numerusform>بقيت نحو دقيقتين</numerusform>
            <numerusform>بقيت نحو %n دقائق</numerusform>
            <numerusform>بقيت نحو %n دقيقة</numerusform>
            <numerusform>بقيت نحو %n دقيقة</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n key(s)</source>
        <comment>pressed while describing</comment>
        <translation>
            <numerusform>بلا ضغطات</numerusform>
            <numerusform>ضغطة واحدة</numerusform>
            <numerusform>ضغطتان</numerusform>
            <numerusform>%n ضغطات</numerusform>
            <numerusform>%n ضغطة</numerusform>
            <numerusform>%n ضغطة</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n second(s)</source>
        <comment>spent on a case file</comment>
        <translation>
            <numerusform>أقل من ثانية</numerusform>
            <numerusform>ثانية واحدة</numerusform>
            <numerusform>ثانيتان</numerusform>
            <numerusform>%n ثوانٍ</numerusform>
            <numerusform>%n ثانية</numerusform>
            <numerusform>%n ثانية</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The disk has room for about %n day(s)</source>
        <comment>at the pace of the last days</comment>
        <translation>
            <numerusform>القرص لا يكفي يومًا</numerusform>
            <numerusform>القرص يكفي نحو يوم واحد</numerusform>
            <numerusform>القرص يكفي نحو يومين</numerusform>
            <numerusform>القرص يكفي نحو %n أيام</numerusform>
            <numerusform>القرص يكفي نحو %n يومًا</numerusform>
            <numerusform>القرص يكفي نحو %n يوم</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n field(s)</source>
        <comment>of a profile</comment>
        <translation>
            <numerusform>لا حقول</numerusform>
            <numerusform>حقل واحد</numerusform>
            <numerusform>حقلان</numerusform>
            <numerusform>%n حقول</numerusform>
            <numerusform>%n حقلًا</numerusform>
            <numerusform>%n حقل</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) of work</source>
        <comment>in the period</comment>
        <translation>
            <numerusform>لا أيام عمل</numerusform>
            <numerusform>يوم عمل واحد</numerusform>
            <numerusform>يوما عمل</numerusform>
            <numerusform>%n أيام عمل</numerusform>
            <numerusform>%n يوم عمل</numerusform>
            <numerusform>%n يوم عمل</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>day(s)</source>
        <comment>after their figure</comment>
        <translation>
            <numerusform>يوم</numerusform>
            <numerusform>يوم</numerusform>
            <numerusform>يومان</numerusform>
            <numerusform>أيام</numerusform>
            <numerusform>يومًا</numerusform>
            <numerusform>يوم</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>لا صور</numerusform>
            <numerusform>صورة واحدة</numerusform>
            <numerusform>صورتان</numerusform>
            <numerusform>%n صور</numerusform>
            <numerusform>%n صورة</numerusform>
            <numerusform>%n صورة</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n page(s) left</source>
        <comment>not sealed yet</comment>
        <translation>
            <numerusform>لا صفحات باقية</numerusform>
            <numerusform>صفحة باقية</numerusform>
            <numerusform>صفحتان باقيتان</numerusform>
            <numerusform>%n صفحات باقية</numerusform>
            <numerusform>%n صفحة باقية</numerusform>
            <numerusform>%n صفحة باقية</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n correction(s) to look at again</source>
        <translation>
            <numerusform>لا تصحيحات تنتظر نظرة ثانية</numerusform>
            <numerusform>تصحيح واحد ينتظر نظرة ثانية</numerusform>
            <numerusform>تصحيحان ينتظران نظرة ثانية</numerusform>
            <numerusform>%n تصحيحات تنتظر نظرة ثانية</numerusform>
            <numerusform>%n تصحيحًا ينتظر نظرة ثانية</numerusform>
            <numerusform>%n تصحيح ينتظر نظرة ثانية</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Account</name>
    <message>
        <source>Account of the pages</source>
        <translation>حساب الصفحات</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>مقروءة</translation>
    </message>
    <message>
        <source>Blank backs</source>
        <translation>ظهور بيضاء</translation>
    </message>
    <message>
        <source>Set aside</source>
        <translation>منحّاة</translation>
    </message>
    <message>
        <source>Not read yet</source>
        <translation>لم تُقرأ بعد</translation>
    </message>
    <message>
        <source>sheets</source>
        <translation>ورقة</translation>
    </message>
    <message>
        <source>images</source>
        <translation>صور</translation>
    </message>
    <message>
        <source>left</source>
        <translation>باقٍ</translation>
    </message>
    <message>
        <source>blank backs</source>
        <translation>ظهور بيضاء</translation>
    </message>
    <message>
        <source>rejects</source>
        <translation>مستبعد</translation>
    </message>
    <message>
        <source>not scanned yet</source>
        <translation>لم يُصوَّر بعد</translation>
    </message>
    <message>
        <source>more than declared</source>
        <translation>أكثر من المعلن</translation>
    </message>
    <message>
        <source>declared faces</source>
        <translation>المعلن من الوجوه</translation>
    </message>
</context>
<context>
    <name>Acts</name>
    <message>
        <source>Next step</source>
        <translation>الخطوة التالية</translation>
    </message>
    <message>
        <source>Open the next job</source>
        <translation>افتح العمل التالي</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>افتح</translation>
    </message>
    <message>
        <source>Next doubt</source>
        <translation>الموضع التالي</translation>
    </message>
    <message>
        <source>Previous doubt</source>
        <translation>الموضع السابق</translation>
    </message>
    <message>
        <source>Accept and next</source>
        <translation>اعتمد والحقل التالي</translation>
    </message>
    <message>
        <source>Next field</source>
        <translation>الحقل التالي</translation>
    </message>
    <message>
        <source>Previous field</source>
        <translation>الحقل السابق</translation>
    </message>
    <message>
        <source>As the last file</source>
        <translation>كالملف السابق</translation>
    </message>
    <message>
        <source>Next problem</source>
        <translation>المسألة التالية</translation>
    </message>
    <message>
        <source>List</source>
        <translation>القائمة</translation>
    </message>
    <message>
        <source>One more</source>
        <translation>قيمة أخرى</translation>
    </message>
    <message>
        <source>Split here</source>
        <translation>اقسم هنا</translation>
    </message>
    <message>
        <source>Join to the one before</source>
        <translation>ادمج في السابق</translation>
    </message>
    <message>
        <source>Kind of document</source>
        <translation>نوع المستند</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>قدّم</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>أخّر</translation>
    </message>
    <message>
        <source>Documents as proposed</source>
        <translation>المستندات كما تُقترح</translation>
    </message>
    <message>
        <source>Good, next</source>
        <translation>سليمة، والتالية</translation>
    </message>
    <message>
        <source>Reading %1</source>
        <translation>القراءة %1</translation>
    </message>
    <message>
        <source>Defect</source>
        <translation>عيب</translation>
    </message>
    <message>
        <source>Make again</source>
        <translation>ألغِ التراجع</translation>
    </message>
    <message>
        <source>Draw a sample</source>
        <translation>سحب عينة</translation>
    </message>
    <message>
        <source>End the sample</source>
        <translation>إنهاء العينة</translation>
    </message>
    <message>
        <source>Keep the reading</source>
        <translation>حفظ القراءة</translation>
    </message>
    <message>
        <source>Second keying</source>
        <translation>القيد الثاني</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>استورد</translation>
    </message>
    <message>
        <source>Measure the colour card</source>
        <translation>قِس بطاقة الألوان</translation>
    </message>
    <message>
        <source>Read the pages</source>
        <translation>اقرأ الصفحات</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>اقبل</translation>
    </message>
    <message>
        <source>Send back</source>
        <translation>أعِد الملف</translation>
    </message>
    <message>
        <source>Seal</source>
        <translation>اختم</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>أعد الإرسال</translation>
    </message>
    <message>
        <source>Pause or resume</source>
        <translation>أوقف أو استأنف</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>أرسل</translation>
    </message>
    <message>
        <source>Collect the receipts</source>
        <translation>اجلب الإيصالات</translation>
    </message>
    <message>
        <source>Hand-over record</source>
        <translation>محضر تسليم وتسلم</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>تقرير</translation>
    </message>
    <message>
        <source>Examine the target</source>
        <translation>افحص الوجهة</translation>
    </message>
    <message>
        <source>Pause or resume all</source>
        <translation>أوقف الكل أو استأنفه</translation>
    </message>
    <message>
        <source>More urgent</source>
        <translation>أعجل</translation>
    </message>
    <message>
        <source>Less urgent</source>
        <translation>أقل عجلة</translation>
    </message>
    <message>
        <source>Hours of sending</source>
        <translation>ساعات الإرسال</translation>
    </message>
    <message>
        <source>Add a target</source>
        <translation>أضف وجهة</translation>
    </message>
    <message>
        <source>Scan, or stop</source>
        <translation>مسح ضوئي، أو إيقاف</translation>
    </message>
    <message>
        <source>Scan anew</source>
        <translation>تصوير من جديد</translation>
    </message>
    <message>
        <source>Scan behind</source>
        <translation>تصوير ما بعدها</translation>
    </message>
    <message>
        <source>Scan before</source>
        <translation>تصوير ما قبلها</translation>
    </message>
    <message>
        <source>Look for scanners</source>
        <translation>ابحث عن الماسحات</translation>
    </message>
    <message>
        <source>Note the condition</source>
        <translation>دوّن حالة القطعة</translation>
    </message>
    <message>
        <source>All kinds</source>
        <translation>كل الأنواع</translation>
    </message>
    <message>
        <source>Another image</source>
        <translation>أعد تصويرها</translation>
    </message>
    <message>
        <source>Another image, from a file</source>
        <translation>صورة أخرى من ملف على القرص</translation>
    </message>
    <message>
        <source>Let stand, next</source>
        <translation>اقبل، والتالية</translation>
    </message>
    <message>
        <source>Turn</source>
        <translation>أدر</translation>
    </message>
    <message>
        <source>Turn back</source>
        <translation>أدر عكسًا</translation>
    </message>
    <message>
        <source>Split in two</source>
        <translation>اقسم</translation>
    </message>
    <message>
        <source>Join the halves</source>
        <translation>صل النصفين</translation>
    </message>
    <message>
        <source>Insert behind</source>
        <translation>أدرج بعدها</translation>
    </message>
    <message>
        <source>Insert before</source>
        <translation>أدرج قبلها</translation>
    </message>
    <message>
        <source>Blank back</source>
        <translation>ظهر أبيض</translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>علّم</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>استبعد</translation>
    </message>
    <message>
        <source>Next page</source>
        <translation>الصفحة التالية</translation>
    </message>
    <message>
        <source>Previous page</source>
        <translation>الصفحة السابقة</translation>
    </message>
    <message>
        <source>Boxes</source>
        <translation>الأطر</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>أكبر</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>أصغر</translation>
    </message>
    <message>
        <source>Fit the width</source>
        <translation>على قدر العرض</translation>
    </message>
    <message>
        <source>Lock, change person</source>
        <translation>اقفل وغيّر الشخص</translation>
    </message>
    <message>
        <source>Next place</source>
        <translation>الموضع التالي</translation>
    </message>
    <message>
        <source>Previous place</source>
        <translation>الموضع السابق</translation>
    </message>
    <message>
        <source>Crop</source>
        <translation>اقتصاص</translation>
    </message>
    <message>
        <source>Insert a file behind</source>
        <translation>أدرج ملفًا من القرص بعدها</translation>
    </message>
    <message>
        <source>Enlarge</source>
        <translation>تكبير الموضع</translation>
    </message>
    <message>
        <source>Keep the search</source>
        <translation>احفظ البحث</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>صدّر</translation>
    </message>
    <message>
        <source>Copy the citation</source>
        <translation>انسخ الإحالة</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>بحث</translation>
    </message>
    <message>
        <source>Next pane</source>
        <translation>اللوح التالي</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>ملء الشاشة</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>الإضاءة الداكنة</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>أغلق المحطة</translation>
    </message>
    <message>
        <source>All keys</source>
        <translation>كل المفاتيح</translation>
    </message>
    <message>
        <source>Accept the reading</source>
        <translation>اعتمد القراءة</translation>
    </message>
    <message>
        <source>Illegible</source>
        <translation>غير مقروء</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>تراجع</translation>
    </message>
</context>
<context>
    <name>Bars</name>
    <message>
        <source>Close</source>
        <translation>أغلق</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>أوقف</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 من %2</translation>
    </message>
    <message>
        <source>Stopping: what is begun is finished first</source>
        <translation>يتوقف بعد إتمام ما بدأ</translation>
    </message>
</context>
<context>
    <name>Bench</name>
    <message>
        <source>Reading</source>
        <translation>القراءة</translation>
    </message>
    <message>
        <source>doubts</source>
        <translation>مواضع مشكوك فيها</translation>
    </message>
    <message>
        <source>Choose a word</source>
        <translation>اختر كلمة</translation>
    </message>
    <message>
        <source>Doubtful · %1</source>
        <translation>مشكوك فيها · %1</translation>
    </message>
    <message>
        <source>Sure · %1</source>
        <translation>سليمة · %1</translation>
    </message>
    <message>
        <source>Line %1</source>
        <translation>سطر %1</translation>
    </message>
    <message>
        <source>Illegible</source>
        <translation>غير مقروءة</translation>
    </message>
    <message>
        <source>numbers first</source>
        <translation>الأرقام أولًا</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>معتمدة</translation>
    </message>
    <message>
        <source>Other readings</source>
        <translation>قراءات أخرى</translation>
    </message>
</context>
<context>
    <name>Capture</name>
    <message>
        <source>Inserted: page %1</source>
        <translation>مدرجة: صفحة %1</translation>
    </message>
    <message>
        <source>The other half: page %1</source>
        <translation>النصف الآخر: صفحة %1</translation>
    </message>
    <message>
        <source>Back of sheet %1</source>
        <translation>ظهر الورقة %1</translation>
    </message>
    <message>
        <source>Front of sheet %1</source>
        <translation>وجه الورقة %1</translation>
    </message>
    <message>
        <source>Pages of this session</source>
        <translation>صفحات هذه الجلسة</translation>
    </message>
    <message>
        <source>Kind of the next document</source>
        <translation>نوع المستند التالي</translation>
    </message>
    <message>
        <source>a digit says it</source>
        <translation>رقم واحد يحدده</translation>
    </message>
    <message>
        <source>Looking for scanners</source>
        <translation>البحث عن الماسحات</translation>
    </message>
    <message>
        <source>The scanner is ready</source>
        <translation>الماسح جاهز</translation>
    </message>
    <message>
        <source>No scanner answers</source>
        <translation>لا ماسح يجيب</translation>
    </message>
    <message>
        <source>Is it on, and on the same network? Then look again.</source>
        <translation>أهو مفتوح وعلى الشبكة نفسها؟ ثم ابحث ثانية.</translation>
    </message>
    <message>
        <source>Scanning</source>
        <translation>المسح الضوئي جارٍ</translation>
    </message>
    <message>
        <source>Slips among the paper must name its case file.</source>
        <translation>فواصل الورق هي التي تحدد الملف.</translation>
    </message>
    <message>
        <source>Space scans into case file %1.</source>
        <translation>مفتاح المسافة يمسح ضوئيًا إلى الملف %1.</translation>
    </message>
    <message>
        <source>Blank back, kept</source>
        <translation>ظهر أبيض، محفوظ</translation>
    </message>
    <message>
        <source>A slip</source>
        <translation>فاصل</translation>
    </message>
    <message>
        <source>On the disk</source>
        <translation>على القرص</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>محفوظة</translation>
    </message>
</context>
<context>
    <name>Cases</name>
    <message>
        <source>Case files</source>
        <translation>القضايا</translation>
    </message>
    <message>
        <source>No case files yet. Import scanned pages to begin.</source>
        <translation>لا قضايا بعد. استورد صفحات ممسوحة ضوئيًا لتبدأ.</translation>
    </message>
</context>
<context>
    <name>Condition</name>
    <message>
        <source>Condition of the item</source>
        <translation>حالة القطعة</translation>
    </message>
    <message>
        <source>Space ticks, Enter keeps it, Esc leaves.</source>
        <translation>المسافة تعلّم، وEnter يحفظ، وEsc يخرج.</translation>
    </message>
    <message>
        <source>What is the condition of %1?</source>
        <translation>ما حالة %1؟</translation>
    </message>
</context>
<context>
    <name>Crop</name>
    <message>
        <source>The whole image is kept; J brings it back.</source>
        <translation>تبقى الصورة كاملة محفوظة؛ والمفتاح J يرجعها.</translation>
    </message>
    <message>
        <source>Or draw on the page what stays. The whole image is kept; J brings it back.</source>
        <translation>أو ارسم على الصفحة ما يبقى. الصورة الكاملة محفوظة، وحرف J يعيدها.</translation>
    </message>
    <message>
        <source>What goes of the page, in percent</source>
        <translation>ما يُقص من الصفحة، بالمئة</translation>
    </message>
    <message>
        <source>Head</source>
        <translation>من الأعلى</translation>
    </message>
    <message>
        <source>Foot</source>
        <translation>من الأسفل</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>من اليمين</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>من اليسار</translation>
    </message>
</context>
<context>
    <name>DayBar</name>
    <message>
        <source>the whole line</source>
        <translation>كامل السعة</translation>
    </message>
    <message>
        <source>at most %1/s</source>
        <translation>حتى %1/ث</translation>
    </message>
    <message>
        <source>all day</source>
        <translation>طوال اليوم</translation>
    </message>
    <message>
        <source>from %1 to %2</source>
        <translation>من %1 إلى %2</translation>
    </message>
    <message>
        <source>now</source>
        <translation>الآن</translation>
    </message>
    <message>
        <source>now: closed</source>
        <translation>الآن: لا إرسال</translation>
    </message>
</context>
<context>
    <name>Deliveries</name>
    <message>
        <source>next try %1</source>
        <translation>المحاولة التالية %1</translation>
    </message>
    <message>
        <source>urgency %1</source>
        <translation>العجلة %1</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>موقوفة مؤقتًا</translation>
    </message>
    <message>
        <source>Interrupted</source>
        <translation>انقطعت</translation>
    </message>
    <message>
        <source>Case file</source>
        <translation>القضية</translation>
    </message>
    <message>
        <source>Seal</source>
        <translation>الختم</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>الحجم</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>الوجهة</translation>
    </message>
    <message>
        <source>State</source>
        <translation>الحالة</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>التقدم</translation>
    </message>
</context>
<context>
    <name>Delivery</name>
    <message>
        <source>Target</source>
        <translation>الوجهة</translation>
    </message>
    <message>
        <source>No target is set up yet.</source>
        <translation>لا وجهة بعد.</translation>
    </message>
    <message>
        <source>Delivery to the information centre</source>
        <translation>التسليم إلى مركز المعلومات</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>%1 باقية</translation>
    </message>
    <message>
        <source>ends about %1</source>
        <translation>تنتهي نحو %1</translation>
    </message>
    <message>
        <source>What was found at %1</source>
        <translation>فحص الوجهة %1</translation>
    </message>
    <message>
        <source>Where the hand-over record goes</source>
        <translation>أين يوضع محضر التسليم والتسلم</translation>
    </message>
    <message>
        <source>Where the report goes</source>
        <translation>أين يوضع التقرير</translation>
    </message>
    <message>
        <source>%1/s</source>
        <comment>a speed</comment>
        <translation>%1/ث</translation>
    </message>
    <message>
        <source>Nothing is sealed yet. Checked files come here.</source>
        <translation>لا حزم مختومة بعد. تأتي هنا الملفات بعد فحصها.</translation>
    </message>
    <message>
        <source>Hours of sending, such as 20:00-06:00; empty for at any hour</source>
        <translation>ساعات الإرسال، مثل 20:00-06:00؛ وفارغة لأي ساعة</translation>
    </message>
    <message>
        <source>When we may send</source>
        <translation>نافذة الإرسال</translation>
    </message>
    <message>
        <source>Packages</source>
        <translation>الحزم</translation>
    </message>
    <message>
        <source>The hours of %1 are changed.</source>
        <translation>تغيّرت ساعات الإرسال إلى %1.</translation>
    </message>
</context>
<context>
    <name>Describe</name>
    <message>
        <source>Documents</source>
        <translation>مستندات الملف</translation>
    </message>
    <message>
        <source>About the file</source>
        <translation>بيانات الملف</translation>
    </message>
    <message>
        <source>* is keyed twice</source>
        <translation>الحقول * تُقيَّد مرتين</translation>
    </message>
    <message>
        <source>On the paper</source>
        <translation>على الورق</translation>
    </message>
    <message>
        <source>%1 of %2 fields</source>
        <translation>%1 من %2 حقلًا</translation>
    </message>
    <message>
        <source>page %1</source>
        <translation>صفحة %1</translation>
    </message>
    <message>
        <source>Documents of the file</source>
        <translation>مستندات الملف</translation>
    </message>
    <message>
        <source>blank</source>
        <translation>بيضاء</translation>
    </message>
    <message>
        <source>Fields of the case file</source>
        <translation>حقول الملف</translation>
    </message>
    <message>
        <source>read by one so far</source>
        <translation>قراءة واحدة حتى الآن</translation>
    </message>
    <message>
        <source>two readings agree</source>
        <translation>قراءتان متفقتان</translation>
    </message>
    <message>
        <source>readings differ: %1. A third person settles: Enter</source>
        <translation>قراءتان مختلفتان: %1. يفصل ثالث بمفتاح Enter</translation>
    </message>
    <message>
        <source>F2: %1</source>
        <translation>F2: %1</translation>
    </message>
    <message>
        <source>read on page %1</source>
        <translation>قُرئ في صفحة %1</translation>
    </message>
    <message>
        <source>from the court&apos;s list</source>
        <translation>من قائمة المحكمة</translation>
    </message>
    <message>
        <source>as the file before</source>
        <translation>كالملف السابق</translation>
    </message>
    <message>
        <source>keyed twice and settled</source>
        <translation>قُيّد مرتين وفُصل فيه</translation>
    </message>
</context>
<context>
    <name>Desk</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 من %2</translation>
    </message>
    <message>
        <source>Page %1</source>
        <translation>صفحة %1</translation>
    </message>
    <message>
        <source>stays as it is</source>
        <translation>تبقى كما هي</translation>
    </message>
    <message>
        <source>What else is on the page</source>
        <translation>ما على الصفحة أيضًا (ختم، توقيع…)</translation>
    </message>
    <message>
        <source>Pages, those that need a look first</source>
        <translation>الصفحات، ما يحتاج نظرة أولًا</translation>
    </message>
    <message>
        <source>Need a look</source>
        <translation>تحتاج نظرة</translation>
    </message>
    <message>
        <source>This case file has no pages yet.</source>
        <translation>لا صفحات في هذا الملف بعد.</translation>
    </message>
    <message>
        <source>As delivered</source>
        <translation>كما وصلت</translation>
    </message>
    <message>
        <source>the original, never touched</source>
        <translation>الأصل، لا يُمس</translation>
    </message>
    <message>
        <source>After the recipe</source>
        <translation>بعد المعالجة</translation>
    </message>
    <message>
        <source>what the reader gets</source>
        <translation>ما يُقرأ منه النص</translation>
    </message>
    <message>
        <source>Nothing is wrong with this page.</source>
        <translation>لا عيب في هذه الصفحة.</translation>
    </message>
    <message>
        <source>Two pages in one image: S makes them two.</source>
        <translation>صفحتان في صورة واحدة: S س تقسمهما.</translation>
    </message>
    <message>
        <source>The reader makes up for it. Look, and let it stand.</source>
        <translation>المعالجة تعوّض ذلك. انظر ثم اقبلها.</translation>
    </message>
    <message>
        <source>Lay the sheet down again. The old image is kept with its reason.</source>
        <translation>أعد تصوير الورقة. الصورة القديمة تبقى بسببها.</translation>
    </message>
    <message>
        <source>Why may it stay so?</source>
        <translation>لماذا تُقبل هكذا؟</translation>
    </message>
    <message>
        <source>Why is it rejected? The image is kept.</source>
        <translation>لماذا تُستبعد؟ الصورة تبقى محفوظة.</translation>
    </message>
    <message>
        <source>Why another image?</source>
        <translation>لماذا تُصوَّر ثانية؟</translation>
    </message>
    <message>
        <source>The new image of the page</source>
        <translation>الصورة الجديدة للصفحة</translation>
    </message>
    <message>
        <source>The pages to insert</source>
        <translation>الصفحات المُدرجة</translation>
    </message>
    <message>
        <source>or in your own words, then Enter</source>
        <translation>أو بكلماتك، ثم Enter</translation>
    </message>
</context>
<context>
    <name>Head</name>
    <message>
        <source>No case file is open</source>
        <translation>لا قضية مفتوحة</translation>
    </message>
</context>
<context>
    <name>History</name>
    <message>
        <source>History</source>
        <translation>سجل الملف</translation>
    </message>
    <message>
        <source>Refused by the centre</source>
        <translation>رفضها المركز</translation>
    </message>
    <message>
        <source>Sent back: %1</source>
        <translation>أُعيد: %1</translation>
    </message>
    <message>
        <source>Imported</source>
        <translation>استُوردت الصفحات</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>قُرئت الصفحات</translation>
    </message>
    <message>
        <source>Pages set aside</source>
        <translation>نُحّيت صفحات</translation>
    </message>
    <message>
        <source>Begun, its condition to be noted</source>
        <translation>بدأ الملف لتُسجَّل حالته</translation>
    </message>
    <message>
        <source>Scanned</source>
        <translation>مُسح ضوئيًا</translation>
    </message>
    <message>
        <source>Scanning ended</source>
        <translation>انتهى المسح الضوئي</translation>
    </message>
    <message>
        <source>Masters packed more tightly</source>
        <translation>صُغّر حجم الأصول</translation>
    </message>
    <message>
        <source>Sheets declared</source>
        <translation>أُعلن عدد الأوراق</translation>
    </message>
    <message>
        <source>Began at a slip</source>
        <translation>بدأ عند فاصل</translation>
    </message>
    <message>
        <source>A slip could not be read</source>
        <translation>فاصل لم يُقرأ</translation>
    </message>
    <message>
        <source>A slip was settled</source>
        <translation>حُسم أمر فاصل</translation>
    </message>
    <message>
        <source>Images judged in a sample</source>
        <translation>فُحصت صور في عينة</translation>
    </message>
    <message>
        <source>Lines taken to teach the reader</source>
        <translation>أُخذت سطور لتعليم القارئ</translation>
    </message>
    <message>
        <source>Documents arranged</source>
        <translation>رُتّبت المستندات</translation>
    </message>
    <message>
        <source>Fields proposed</source>
        <translation>اقتُرحت الحقول</translation>
    </message>
    <message>
        <source>Described</source>
        <translation>وُصف</translation>
    </message>
    <message>
        <source>Keyed a second time</source>
        <translation>قُيّد ثانية</translation>
    </message>
    <message>
        <source>Readings settled</source>
        <translation>فُصل في القراءتين</translation>
    </message>
    <message>
        <source>Words corrected</source>
        <translation>صُحِّحت كلمات</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>رُجع عن عمل</translation>
    </message>
    <message>
        <source>Made again</source>
        <translation>أُعيد بعد التراجع</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>قُرئ من جديد</translation>
    </message>
    <message>
        <source>A complaint let stand</source>
        <translation>أُبقيت ملاحظة بسبب</translation>
    </message>
    <message>
        <source>A page goes without its words</source>
        <translation>صفحة تُسلَّم بغير كلماتها</translation>
    </message>
    <message>
        <source>Copies made</source>
        <translation>استُخرجت نسخ</translation>
    </message>
    <message>
        <source>Sending paused</source>
        <translation>أُوقف الإرسال</translation>
    </message>
    <message>
        <source>Sending resumed</source>
        <translation>استؤنف الإرسال</translation>
    </message>
    <message>
        <source>Order of sending changed</source>
        <translation>غُيِّر ترتيب الإرسال</translation>
    </message>
    <message>
        <source>Opened again</source>
        <translation>أعيد فتحه للتصحيح</translation>
    </message>
    <message>
        <source>Masters removed</source>
        <translation>حُذفت النسخ الأصلية</translation>
    </message>
    <message>
        <source>Taken in</source>
        <translation>ضُمّ إلى الأرشيف</translation>
    </message>
    <message>
        <source>Checked and accepted</source>
        <translation>فُحص وقُبل</translation>
    </message>
    <message>
        <source>Sealed</source>
        <translation>خُتم</translation>
    </message>
    <message>
        <source>Sent to the centre</source>
        <translation>أُرسل إلى المركز</translation>
    </message>
    <message>
        <source>Signed for by the centre</source>
        <translation>وقّع المركز الإيصال</translation>
    </message>
</context>
<context>
    <name>Hits</name>
    <message>
        <source>page %1</source>
        <translation>صفحة %1</translation>
    </message>
    <message>
        <source>Likely results</source>
        <translation>نتائج محتملة</translation>
    </message>
    <message>
        <source>near forms, or doubtful readings</source>
        <translation>صيغ قريبة أو قراءة مشكوك فيها</translation>
    </message>
</context>
<context>
    <name>Import</name>
    <message>
        <source>Import into a case file</source>
        <translation>استيراد صفحات إلى قضية</translation>
    </message>
    <message>
        <source>Docket series</source>
        <translation>سلسلة القيد</translation>
    </message>
    <message>
        <source>Appeal number / judicial year</source>
        <translation>رقم الطعن / السنة القضائية</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>العنوان</translation>
    </message>
    <message>
        <source>Kind of document</source>
        <translation>نوع المستند</translation>
    </message>
    <message>
        <source>Choose files…</source>
        <translation>اختر الملفات…</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>استورد</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>تراجع</translation>
    </message>
    <message>
        <source>F2: the next number, %1</source>
        <translation>F2: الرقم التالي، %1</translation>
    </message>
    <message>
        <source>Scanned files (%1)</source>
        <translation>ملفات ممسوحة ضوئيًا (%1)</translation>
    </message>
    <message>
        <source>Choose the scanned files</source>
        <translation>اختر الملفات الممسوحة ضوئيًا</translation>
    </message>
</context>
<context>
    <name>Jobs</name>
    <message>
        <source>Sent back by a checker</source>
        <translation>ملف أعاده الفاحص</translation>
    </message>
    <message>
        <source>Pages set aside</source>
        <translation>صفحات منحّاة</translation>
    </message>
    <message>
        <source>Declared, to be scanned</source>
        <translation>أُعلن عنها وتنتظر المسح الضوئي</translation>
    </message>
    <message>
        <source>Pages to be read</source>
        <translation>صفحات تنتظر القراءة</translation>
    </message>
    <message>
        <source>Case files to be described</source>
        <translation>ملفات تنتظر الوصف</translation>
    </message>
    <message>
        <source>Readings that differ</source>
        <translation>قراءات مختلفة</translation>
    </message>
    <message>
        <source>Numbers to be keyed a second time</source>
        <translation>أرقام تنتظر القيد الثاني</translation>
    </message>
    <message>
        <source>Samples to be checked</source>
        <translation>عينات تنتظر الفحص</translation>
    </message>
    <message>
        <source>Case files to be checked</source>
        <translation>ملفات تنتظر الفحص</translation>
    </message>
    <message>
        <source>Checked, to be sealed</source>
        <translation>ملفات فُحصت وتنتظر الختم</translation>
    </message>
    <message>
        <source>Sealed, to be sent</source>
        <translation>حزم مختومة تنتظر الإرسال</translation>
    </message>
    <message>
        <source>Receipts to be collected</source>
        <translation>إيصالات تنتظر الاستلام</translation>
    </message>
    <message>
        <source>A checker found something. The reason is beside it.</source>
        <translation>وجد الفاحص فيه شيئًا، والسبب مذكور بجانبه.</translation>
    </message>
    <message>
        <source>Some pages stopped the reader. Look and try again.</source>
        <translation>صفحات توقف القارئ عندها. انظر إليها ثم أعد المحاولة.</translation>
    </message>
    <message>
        <source>Its lot is open. Lay its paper into the feeder.</source>
        <translation>دفعتها مفتوحة. ضع أوراقها في الملقّم.</translation>
    </message>
    <message>
        <source>Its pages are kept and wait to be read.</source>
        <translation>صفحاته محفوظة وتنتظر القراءة.</translation>
    </message>
    <message>
        <source>All pages are read. The fields are proposed.</source>
        <translation>قُرئت كل صفحاته، والحقول مقترحة.</translation>
    </message>
    <message>
        <source>Two people read something else. Decide by the paper.</source>
        <translation>قرأ شخصان قراءتين مختلفتين. احكم بما في الورق.</translation>
    </message>
    <message>
        <source>Type it from the paper; no other reading is shown.</source>
        <translation>اكتبه من الورق؛ ولا تُعرض قراءة غيرك.</translation>
    </message>
    <message>
        <source>Look at the images that were drawn, one by one.</source>
        <translation>انظر في الصور المسحوبة صورة صورة.</translation>
    </message>
    <message>
        <source>Somebody else took it in. Look through it and decide.</source>
        <translation>أدخله غيرك. راجعه ثم احكم.</translation>
    </message>
    <message>
        <source>It was checked. Sealing makes a signed package of it.</source>
        <translation>فُحص. والختم يجعله حزمة موقّعة.</translation>
    </message>
    <message>
        <source>The package is ready for the information centre.</source>
        <translation>الحزمة جاهزة لمركز المعلومات.</translation>
    </message>
    <message>
        <source>The package is there; the signed receipt is awaited.</source>
        <translation>وصلت الحزمة، والإيصال الموقّع منتظر.</translation>
    </message>
    <message>
        <source>Lot %1</source>
        <translation>الدفعة %1</translation>
    </message>
</context>
<context>
    <name>Keying</name>
    <message>
        <source>Second keying</source>
        <translation>القيد الثاني</translation>
    </message>
    <message>
        <source>Type what stands on the paper. What others read is not shown.</source>
        <translation>اكتب ما في الورق. ما قرأه غيرك لا يُعرض.</translation>
    </message>
    <message>
        <source>Series</source>
        <translation>سلسلة القيد</translation>
    </message>
    <message>
        <source>as on the paper</source>
        <translation>كما في الورق</translation>
    </message>
    <message>
        <source>page %1</source>
        <translation>صفحة %1</translation>
    </message>
    <message>
        <source>Choose the series, as the paper has it.</source>
        <translation>اختر سلسلة القيد كما في الورق.</translation>
    </message>
</context>
<context>
    <name>Keys</name>
    <message>
        <source>Space</source>
        <translation>مسافة</translation>
    </message>
    <message>
        <source>All keys</source>
        <translation>كل المفاتيح</translation>
    </message>
    <message>
        <source>Letters act by their place, in both layouts, outside fields.</source>
        <translation>تعمل الحروف بمكانها على لوحة المفاتيح، بالعربية واللاتينية، خارج الحقول.</translation>
    </message>
</context>
<context>
    <name>Kinds</name>
    <message>
        <source>Cover</source>
        <translation>غلاف</translation>
    </message>
    <message>
        <source>Statement</source>
        <translation>صحيفة</translation>
    </message>
    <message>
        <source>Power of att.</source>
        <translation>توكيل</translation>
    </message>
    <message>
        <source>Receipt</source>
        <translation>إيصال</translation>
    </message>
    <message>
        <source>Contested jt.</source>
        <translation>المطعون فيه</translation>
    </message>
    <message>
        <source>Exhibits</source>
        <translation>حافظة</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>إعلان</translation>
    </message>
    <message>
        <source>Memo</source>
        <translation>مذكرة</translation>
    </message>
    <message>
        <source>Minutes</source>
        <translation>محضر</translation>
    </message>
    <message>
        <source>Judgment</source>
        <translation>الحكم</translation>
    </message>
</context>
<context>
    <name>Look</name>
    <message>
        <source>Light</source>
        <translation>فاتح</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>داكن</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>كالنظام</translation>
    </message>
    <message>
        <source>The window opens anew; nothing is lost.</source>
        <translation>تُفتح النافذة من جديد ولا يضيع شيء.</translation>
    </message>
    <message>
        <source>On screens in Arabic. The text of the paper stays as written.</source>
        <translation>في الشاشات. نص الورق يبقى كما كُتب.</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>اللغة</translation>
    </message>
    <message>
        <source>Digits</source>
        <translation>الأرقام</translation>
    </message>
    <message>
        <source>Light and dark</source>
        <translation>الإضاءة</translation>
    </message>
    <message>
        <source>Size of everything</source>
        <translation>حجم كل شيء</translation>
    </message>
    <message>
        <source>As it looks now</source>
        <translation>معاينة حية</translation>
    </message>
    <message>
        <source>Every state has a shape of its own, for whoever sees no colours.</source>
        <translation>لكل حالة شكل يخصّها، فتُقرأ بلا ألوان أيضًا.</translation>
    </message>
    <message>
        <source>Text of a page</source>
        <translation>نص صفحة</translation>
    </message>
    <message>
        <source>Quashed and sent back</source>
        <translation>نقض الحكم والإحالة</translation>
    </message>
    <message>
        <source>A field</source>
        <translation>حقل</translation>
    </message>
    <message>
        <source>sound</source>
        <translation>سليمة</translation>
    </message>
    <message>
        <source>doubtful</source>
        <translation>مشكوك فيها</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>تنتظر</translation>
    </message>
</context>
<context>
    <name>Menu</name>
    <message>
        <source>&amp;Station</source>
        <translation>&amp;المحطة</translation>
    </message>
    <message>
        <source>&amp;Case file</source>
        <translation>ال&amp;قضية</translation>
    </message>
    <message>
        <source>&amp;Page</source>
        <translation>ال&amp;صفحة</translation>
    </message>
    <message>
        <source>P&amp;ackage</source>
        <translation>ال&amp;حزمة</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;عرض</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;مساعدة</translation>
    </message>
</context>
<context>
    <name>Next</name>
    <message>
        <source>Why it goes back</source>
        <translation>سبب الإعادة</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>العمل التالي</translation>
    </message>
    <message>
        <source>Read the pages</source>
        <translation>اقرأ الصفحات</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>اقبل</translation>
    </message>
    <message>
        <source>Seal</source>
        <translation>اختم</translation>
    </message>
    <message>
        <source>Go to delivery</source>
        <translation>إلى التسليم</translation>
    </message>
    <message>
        <source>All pages are read. A second person looks and accepts.</source>
        <translation>قُرئت الصفحات كلها. يفحصها شخص آخر ثم يقبلها.</translation>
    </message>
    <message>
        <source>Checked. Sealing makes a signed package of it.</source>
        <translation>فُحص الملف. الختم يجعله حزمة موقّعة.</translation>
    </message>
    <message>
        <source>The package is ready for the information centre.</source>
        <translation>الحزمة جاهزة لإرسالها إلى مركز المعلومات.</translation>
    </message>
    <message>
        <source>The package is there; the signed receipt is awaited.</source>
        <translation>وصلت الحزمة، ويُنتظر الإيصال الموقّع.</translation>
    </message>
    <message>
        <source>Done: the centre has signed for every file.</source>
        <translation>تم: وقّع المركز إيصالًا بكل ملف.</translation>
    </message>
    <message>
        <source>Import its pages to begin.</source>
        <translation>استورد صفحاته لتبدأ.</translation>
    </message>
</context>
<context>
    <name>Overview</name>
    <message>
        <source>Today</source>
        <translation>اليوم</translation>
    </message>
    <message>
        <source>Week</source>
        <translation>الأسبوع</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>الشهر</translation>
    </message>
    <message>
        <source>All</source>
        <translation>العقد كله</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>المتابعة</translation>
    </message>
    <message>
        <source>Pages an hour, by stage</source>
        <translation>صفحات في الساعة، بحسب المرحلة</translation>
    </message>
    <message>
        <source>Images rejected</source>
        <translation>صور مستبعدة</translation>
    </message>
    <message>
        <source>Pages not sealed yet, and the forecast</source>
        <translation>صفحات لم تُختم بعد، والتوقع</translation>
    </message>
    <message>
        <source>By person</source>
        <translation>بحسب الشخص</translation>
    </message>
    <message>
        <source>today</source>
        <translation>اليوم</translation>
    </message>
    <message>
        <source>Where the table and the picture go</source>
        <translation>أين يوضع الجدول والصورة</translation>
    </message>
    <message>
        <source>Scanned on a day of work</source>
        <translation>متوسط المسح الضوئي في يوم العمل</translation>
    </message>
    <message>
        <source>Critical fields, two readings agree</source>
        <translation>حقول أساسية اتفق فيها القيدان</translation>
    </message>
    <message>
        <source>Until the backlog is done</source>
        <translation>ما يكفي لإنهاء المتراكم</translation>
    </message>
    <message>
        <source>goal %1</source>
        <translation>الهدف %1</translation>
    </message>
    <message>
        <source>pages</source>
        <comment>unit after a figure</comment>
        <translation>صفحة</translation>
    </message>
    <message>
        <source>Lot %1 went back: %2</source>
        <translation>الدفعة %1 أُعيدت: %2</translation>
    </message>
    <message>
        <source>scanning</source>
        <translation>مسح ضوئي</translation>
    </message>
    <message>
        <source>reading</source>
        <translation>قراءة</translation>
    </message>
    <message>
        <source>describing</source>
        <translation>وصف</translation>
    </message>
    <message>
        <source>checking</source>
        <translation>فحص</translation>
    </message>
    <message>
        <source>others</source>
        <translation>أخرى</translation>
    </message>
</context>
<context>
    <name>Package</name>
    <message>
        <source>Package and receipt</source>
        <translation>الحزمة والإيصال</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>استأنف</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>أوقف مؤقتًا</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>الحجم</translation>
    </message>
    <message>
        <source>File</source>
        <translation>الملف</translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>البصمة الرقمية</translation>
    </message>
    <message>
        <source>Station&apos;s key</source>
        <translation>مفتاح المحطة</translation>
    </message>
    <message>
        <source>Files re-hashed</source>
        <translation>ملفات أُعيد حسابها</translation>
    </message>
    <message>
        <source>Received by</source>
        <translation>تسلّمها</translation>
    </message>
    <message>
        <source>Centre&apos;s key</source>
        <translation>مفتاح المركز</translation>
    </message>
    <message>
        <source>Sealed and signed</source>
        <translation>خُتمت ووُقّعت</translation>
    </message>
    <message>
        <source>Sent to the centre</source>
        <translation>أُرسلت إلى المركز</translation>
    </message>
    <message>
        <source>Hashed anew by the centre</source>
        <translation>أعاد المركز حسابها</translation>
    </message>
    <message>
        <source>Refused by the centre</source>
        <translation>رفضها المركز</translation>
    </message>
    <message>
        <source>Receipt signed and verified</source>
        <translation>وُقّع الإيصال وتحقّقت المحطة منه</translation>
    </message>
</context>
<context>
    <name>Pages</name>
    <message>
        <source>back</source>
        <comment>a blank back, as small as can be</comment>
        <translation>ظهر</translation>
    </message>
    <message>
        <source>page %1 of %2</source>
        <translation>صفحة %1 من %2</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>الصفحات</translation>
    </message>
</context>
<context>
    <name>People</name>
    <message>
        <source>People</source>
        <translation>الأشخاص</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>أضف</translation>
    </message>
    <message>
        <source>Give these roles</source>
        <translation>امنح هذه الأدوار</translation>
    </message>
    <message>
        <source>Set the password</source>
        <translation>غيّر كلمة السر</translation>
    </message>
    <message>
        <source>Works here no more</source>
        <translation>لم يعد يعمل هنا</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>الاسم</translation>
    </message>
    <message>
        <source>New password</source>
        <translation>كلمة سر جديدة</translation>
    </message>
    <message>
        <source>does not sign in</source>
        <translation>لا يدخل بكلمة سر</translation>
    </message>
    <message>
        <source>Nobody was named yet. The first one is a supervisor or security officer; as soon as somebody has a password, everybody signs in.</source>
        <translation>لم يُسمَّ أحد بعد. الأول مشرف أو مسؤول أمن؛ ومتى صارت لأحد كلمة سر دخل الجميع بكلمات سرهم.</translation>
    </message>
    <message>
        <source>A supervisor or security officer adds people and gives roles.</source>
        <translation>المشرف أو مسؤول الأمن يضيف الأشخاص ويمنح الأدوار.</translation>
    </message>
    <message>
        <source>Every change is kept in the audit log, with your name.</source>
        <translation>كل تغيير يُسجَّل في سجل التدقيق باسمك.</translation>
    </message>
</context>
<context>
    <name>Plate</name>
    <message>
        <source>Heritage</source>
        <translation>تراث</translation>
    </message>
    <message>
        <source>Appeal</source>
        <translation>طعن رقم</translation>
    </message>
    <message>
        <source>JY</source>
        <comment>between number and judicial year</comment>
        <translation>لسنة</translation>
    </message>
    <message>
        <source> </source>
        <comment>after the judicial year</comment>
        <translation>ق</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Today</source>
        <translation>اليوم</translation>
    </message>
    <message>
        <source>Cases</source>
        <translation>القضايا</translation>
    </message>
    <message>
        <source>Capture</source>
        <translation>المسح الضوئي</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>الصفحات</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>النص</translation>
    </message>
    <message>
        <source>Describe</source>
        <translation>الوصف</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>البحث</translation>
    </message>
    <message>
        <source>Delivery</source>
        <translation>التسليم</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>المتابعة</translation>
    </message>
    <message>
        <source>Sample</source>
        <translation>العينة</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>الإعدادات</translation>
    </message>
</context>
<context>
    <name>Sample</name>
    <message>
        <source>Image %1</source>
        <translation>الصورة %1</translation>
    </message>
    <message>
        <source>flagged</source>
        <translation>عليها ملاحظة</translation>
    </message>
    <message>
        <source>taken out since</source>
        <translation>أُخرجت بعد السحب</translation>
    </message>
    <message>
        <source>good</source>
        <translation>سليمة</translation>
    </message>
    <message>
        <source>Images of the sample</source>
        <translation>صور العينة</translation>
    </message>
    <message>
        <source>Lot</source>
        <translation>الدفعة</translation>
    </message>
    <message>
        <source>Sample check</source>
        <translation>فحص العينة</translation>
    </message>
    <message>
        <source>No lot waits to be sealed. Lots are opened when their paper is counted.</source>
        <translation>لا دفعة تنتظر الختم. تُفتح الدفعة حين يُعدّ ورقها.</translation>
    </message>
    <message>
        <source>What is said of the file</source>
        <translation>ما قيل عن الملف</translation>
    </message>
    <message>
        <source>You took this image in: somebody else judges it.</source>
        <translation>أنت أدخلت هذه الصورة: يحكم عليها غيرك.</translation>
    </message>
    <message>
        <source>No sample of this lot was drawn yet.</source>
        <translation>لم تُسحب عينة من هذه الدفعة بعد.</translation>
    </message>
    <message>
        <source>All were looked at: the lot goes back.</source>
        <translation>فُحصت كلها: تُعاد الدفعة.</translation>
    </message>
    <message>
        <source>All were looked at: the lot passes.</source>
        <translation>فُحصت كلها: تُجاز الدفعة.</translation>
    </message>
    <message>
        <source>not drawn</source>
        <translation>لم تُسحب</translation>
    </message>
    <message>
        <source>being checked</source>
        <translation>تُفحص</translation>
    </message>
    <message>
        <source>passed</source>
        <translation>أُجيزت</translation>
    </message>
    <message>
        <source>goes back</source>
        <translation>أُعيدت</translation>
    </message>
    <message>
        <source>%1 drawn of %2, %3 flagged besides · seed %4</source>
        <translation>سُحبت %1 من %2، وعلى %3 غيرها ملاحظات · البذرة %4</translation>
    </message>
    <message>
        <source>The lot passed.</source>
        <translation>أُجيزت الدفعة.</translation>
    </message>
    <message>
        <source>The lot went back to be mended.</source>
        <translation>أُعيدت الدفعة للإصلاح.</translation>
    </message>
</context>
<context>
    <name>Scanner</name>
    <message>
        <source>Change</source>
        <translation>تغيير</translation>
    </message>
    <message>
        <source>Both faces</source>
        <translation>الوجهان</translation>
    </message>
    <message>
        <source>Feeder, fronts</source>
        <translation>الملقّم، الوجوه</translation>
    </message>
    <message>
        <source>Glass</source>
        <translation>الزجاج</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>ألوان</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>رمادي</translation>
    </message>
    <message>
        <source>Black and white</source>
        <translation>أبيض وأسود</translation>
    </message>
    <message>
        <source>%1 dpi</source>
        <translation>%1 نقطة/بوصة</translation>
    </message>
    <message>
        <source>All it sees</source>
        <translation>كل ما يراه</translation>
    </message>
    <message>
        <source>not counted</source>
        <translation>لم تُعد</translation>
    </message>
    <message>
        <source>Scanner</source>
        <translation>الماسح</translation>
    </message>
    <message>
        <source>Paper from</source>
        <translation>الورق من</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>الألوان</translation>
    </message>
    <message>
        <source>Resolution</source>
        <translation>الدقة</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>المقاس</translation>
    </message>
    <message>
        <source>Into</source>
        <translation>إلى</translation>
    </message>
    <message>
        <source>Sheets counted</source>
        <translation>الأوراق المعدودة</translation>
    </message>
    <message>
        <source>as declared</source>
        <translation>كما أُعلن</translation>
    </message>
    <message>
        <source>the open case file</source>
        <translation>الملف المفتوح</translation>
    </message>
    <message>
        <source>what the slips say</source>
        <translation>ما تقوله الفواصل</translation>
    </message>
</context>
<context>
    <name>Search</name>
    <message>
        <source>Words, a phrase in quotes, or a case number</source>
        <translation>كلمات، أو عبارة بين علامتي تنصيص، أو رقم طعن</translation>
    </message>
    <message>
        <source>Search line</source>
        <translation>سطر البحث</translation>
    </message>
    <message>
        <source>Surest first</source>
        <translation>الأوثق أولًا</translation>
    </message>
    <message>
        <source>Newest hearing first</source>
        <translation>الأحدث جلسةً أولًا</translation>
    </message>
    <message>
        <source>By case number</source>
        <translation>برقم القضية</translation>
    </message>
    <message>
        <source>Hits</source>
        <translation>النتائج</translation>
    </message>
    <message>
        <source>Write what you look for and press Enter.</source>
        <translation>اكتب ما تبحث عنه ثم اضغط Enter.</translation>
    </message>
    <message>
        <source>Narrow the results</source>
        <translation>تضييق النتائج</translation>
    </message>
    <message>
        <source>Kept searches</source>
        <translation>بحوث محفوظة</translation>
    </message>
    <message>
        <source>Only as typed</source>
        <translation>كما كُتب فقط</translation>
    </message>
    <message>
        <source>Order of the hits</source>
        <translation>ترتيب النتائج</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>يجري البحث…</translation>
    </message>
    <message>
        <source>%1 s</source>
        <comment>seconds</comment>
        <translation>%1 ث</translation>
    </message>
    <message>
        <source>Nothing was found. Try fewer words.</source>
        <translation>لا نتائج. جرّب كلمات أقل.</translation>
    </message>
    <message>
        <source>The search index is being made anew. Your search follows.</source>
        <translation>يُعاد بناء فهرس البحث، ثم يتبعه بحثك.</translation>
    </message>
    <message>
        <source>Where the table of hits goes</source>
        <translation>أين يوضع جدول النتائج</translation>
    </message>
    <message>
        <source>Tables (%1)</source>
        <translation>جداول (%1)</translation>
    </message>
    <message>
        <source>place %1 of %2</source>
        <translation>موضع %1 من %2</translation>
    </message>
    <message>
        <source>.</source>
        <comment>the decimal point</comment>
        <translation>٫</translation>
    </message>
    <message>
        <source>All of them…</source>
        <translation>كلها…</translation>
    </message>
    <message>
        <source>chosen</source>
        <translation>مختار</translation>
    </message>
    <message>
        <source>Keep the search as</source>
        <translation>احفظ البحث باسم</translation>
    </message>
    <message>
        <source>Enter keeps it, Esc leaves.</source>
        <translation>Enter للحفظ، وEsc للترك.</translation>
    </message>
    <message>
        <source>Suggestions</source>
        <translation>اقتراحات</translation>
    </message>
    <message>
        <source>Case number</source>
        <translation>رقم القضية</translation>
    </message>
    <message>
        <source>Party</source>
        <translation>خصم</translation>
    </message>
    <message>
        <source>Subject heading</source>
        <translation>رأس موضوع</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Sections</source>
        <translation>الأقسام</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>الإعدادات</translation>
    </message>
    <message>
        <source>Every change takes effect at once.</source>
        <translation>كل تغيير يسري فورًا.</translation>
    </message>
    <message>
        <source>Language and look</source>
        <translation>اللغة والمظهر</translation>
    </message>
    <message>
        <source>People and roles</source>
        <translation>الأشخاص والأدوار</translation>
    </message>
    <message>
        <source>Targets</source>
        <translation>جهات التسليم</translation>
    </message>
    <message>
        <source>Profiles of fields</source>
        <translation>قوالب الوصف</translation>
    </message>
    <message>
        <source>This station</source>
        <translation>هذه المحطة</translation>
    </message>
    <message>
        <source>Changing who works here</source>
        <translation>تغيير من يعمل هنا</translation>
    </message>
    <message>
        <source>at any hour</source>
        <translation>في أي ساعة</translation>
    </message>
    <message>
        <source>Institution</source>
        <translation>الجهة</translation>
    </message>
    <message>
        <source>Station</source>
        <translation>المحطة</translation>
    </message>
    <message>
        <source>Company</source>
        <translation>الشركة</translation>
    </message>
    <message>
        <source>Usual series</source>
        <translation>سلسلة القيد المعتادة</translation>
    </message>
    <message>
        <source>Locks after minutes</source>
        <translation>دقائق قبل القفل</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>مكان الأرشيف</translation>
    </message>
    <message>
        <source>IT staff changes this in station.toml and with the verbs.</source>
        <translation>يغيّره الدعم الفني في station.toml وبسطر الأوامر.</translation>
    </message>
</context>
<context>
    <name>SignIn</name>
    <message>
        <source>Sign in</source>
        <translation>الدخول</translation>
    </message>
    <message>
        <source>What was begun goes on.</source>
        <translation>ما بدأ من عمل مستمر.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>الاسم</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>كلمة السر</translation>
    </message>
</context>
<context>
    <name>Status</name>
    <message>
        <source>Reading only</source>
        <translation>للقراءة وحدها</translation>
    </message>
    <message>
        <source>At work</source>
        <translation>يعمل</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>محفوظ</translation>
    </message>
    <message>
        <source>ddd d MMMM · H:mm</source>
        <comment>date and time, as QLocale writes them</comment>
        <translation>dddd d MMMM · H:mm</translation>
    </message>
</context>
<context>
    <name>Steps</name>
    <message>
        <source>Sealed, not sent</source>
        <translation>مختومة، لم تُرسل</translation>
    </message>
    <message>
        <source>Being sent</source>
        <translation>تُرسل</translation>
    </message>
    <message>
        <source>Awaits the receipt</source>
        <translation>تنتظر الإيصال</translation>
    </message>
    <message>
        <source>Signed for</source>
        <translation>وُقّع الإيصال</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>رُفضت</translation>
    </message>
    <message>
        <source>Held</source>
        <translation>محجوزة</translation>
    </message>
    <message>
        <source>Sent back</source>
        <translation>أُعيد</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>مقبول</translation>
    </message>
    <message>
        <source>Empty</source>
        <translation>فارغ</translation>
    </message>
    <message>
        <source>To be checked</source>
        <translation>ينتظر الفحص</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>استلام</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>نص</translation>
    </message>
    <message>
        <source>Checked</source>
        <translation>فحص</translation>
    </message>
    <message>
        <source>Sealed</source>
        <translation>ختم</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>إرسال</translation>
    </message>
    <message>
        <source>Receipt</source>
        <translation>إيصال</translation>
    </message>
</context>
<context>
    <name>Target</name>
    <message>
        <source>Add the target</source>
        <translation>أضف الوجهة</translation>
    </message>
    <message>
        <source>Add a target</source>
        <translation>إضافة وجهة</translation>
    </message>
    <message>
        <source>Folder or disk</source>
        <translation>مجلد أو قرص</translation>
    </message>
    <message>
        <source>SFTP drop box</source>
        <translation>صندوق SFTP</translation>
    </message>
    <message>
        <source>S3 bucket</source>
        <translation>حاوية S3</translation>
    </message>
    <message>
        <source>as fast as the line is</source>
        <translation>بكامل سعة الخط</translation>
    </message>
    <message>
        <source> kB/s</source>
        <translation> ك.ب/ث</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>النوع</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>الاسم</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>المكان</translation>
    </message>
    <message>
        <source>The centre&apos;s public key (file)</source>
        <translation>المفتاح العام للمركز (ملف)</translation>
    </message>
    <message>
        <source>The server&apos;s public key (file)</source>
        <translation>المفتاح العام للخادم (ملف)</translation>
    </message>
    <message>
        <source>Access key</source>
        <translation>مفتاح الدخول</translation>
    </message>
    <message>
        <source>Secret key</source>
        <translation>المفتاح السري</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>المنطقة</translation>
    </message>
    <message>
        <source>Encrypt to (age key)</source>
        <translation>شفّر بمفتاح (age)</translation>
    </message>
    <message>
        <source>Send only in these hours</source>
        <translation>أرسل في هذه الساعات فقط</translation>
    </message>
    <message>
        <source>No faster than</source>
        <translation>لا أسرع من</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message>
        <source>Hours are written so: %1</source>
        <translation>تُكتب الساعات هكذا: %1</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>اختر…</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>انسخ</translation>
    </message>
    <message>
        <source>Give the centre this key of ours:</source>
        <translation>أعطِ المركز مفتاحنا هذا:</translation>
    </message>
</context>
<context>
    <name>Text</name>
    <message>
        <source>Page image</source>
        <translation>صورة الصفحة</translation>
    </message>
    <message>
        <source>Text as written</source>
        <translation>النص كما كُتب</translation>
    </message>
    <message>
        <source>doubtful</source>
        <translation>مشكوك فيه</translation>
    </message>
    <message>
        <source>number</source>
        <translation>رقم</translation>
    </message>
    <message>
        <source>This page has not been read yet.</source>
        <translation>لم تُقرأ هذه الصفحة بعد.</translation>
    </message>
    <message>
        <source>A blank back, kept with its sheet.</source>
        <translation>ظهر أبيض، محفوظ مع ورقته.</translation>
    </message>
    <message>
        <source>line %1 of %2</source>
        <translation>سطر %1 من %2</translation>
    </message>
    <message>
        <source>accepted</source>
        <translation>اعتُمد</translation>
    </message>
</context>
<context>
    <name>Today</name>
    <message>
        <source>Jobs after the next one</source>
        <translation>الأعمال بعد التالي</translation>
    </message>
    <message>
        <source>Then</source>
        <translation>ثم</translation>
    </message>
    <message>
        <source>Nothing waits for you.</source>
        <translation>لا شيء ينتظرك.</translation>
    </message>
    <message>
        <source>Good morning, %1</source>
        <translation>صباح الخير يا %1</translation>
    </message>
    <message>
        <source>Good afternoon, %1</source>
        <translation>مساء الخير يا %1</translation>
    </message>
    <message>
        <source>dddd d MMMM yyyy</source>
        <comment>the day, as QLocale writes it</comment>
        <translation>dddd d MMMM yyyy</translation>
    </message>
    <message>
        <source>A photograph of the colour card</source>
        <translation>صورة بطاقة الألوان</translation>
    </message>
    <message>
        <source>%1 left. Masters that the centre signed for can be purged.</source>
        <translation>بقي %1. أصول ما وقّع المركز إيصاله يمكن إخلاؤها.</translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation>تنبيهات</translation>
    </message>
    <message>
        <source>Lots</source>
        <translation>الدفعات</translation>
    </message>
    <message>
        <source>all sheets have images</source>
        <translation>لكل ورقة صورة</translation>
    </message>
    <message>
        <source>open</source>
        <translation>مفتوحة</translation>
    </message>
    <message>
        <source>not measured today</source>
        <translation>لم تُقس اليوم</translation>
    </message>
    <message>
        <source>passed today</source>
        <translation>اجتازت اليوم</translation>
    </message>
    <message>
        <source>failed today</source>
        <translation>لم تجتز اليوم</translation>
    </message>
    <message>
        <source>Colour card</source>
        <translation>بطاقة المعايرة</translation>
    </message>
    <message>
        <source>Delivery to the centre</source>
        <translation>التسليم إلى المركز</translation>
    </message>
    <message>
        <source>pages so far</source>
        <translation>صفحة حتى الآن</translation>
    </message>
    <message>
        <source>Only you see your figures.</source>
        <translation>لا يرى أرقامك غيرك.</translation>
    </message>
    <message>
        <source>What you did today</source>
        <translation>إنجازك اليوم</translation>
    </message>
    <message>
        <source>Next job</source>
        <translation>العمل التالي</translation>
    </message>
</context>
<context>
    <name>Verbs</name>
    <message>
        <source>Importing</source>
        <translation>يستورد</translation>
    </message>
    <message>
        <source>Noting the condition</source>
        <translation>تدوين الحالة</translation>
    </message>
    <message>
        <source>Measuring the card</source>
        <translation>قياس البطاقة</translation>
    </message>
    <message>
        <source>Reading the pages</source>
        <translation>يقرأ الصفحات</translation>
    </message>
    <message>
        <source>Making the search index anew</source>
        <translation>إعادة بناء فهرس البحث</translation>
    </message>
    <message>
        <source>Writing the table of hits</source>
        <translation>كتابة جدول النتائج</translation>
    </message>
    <message>
        <source>Checking</source>
        <translation>يسجّل الفحص</translation>
    </message>
    <message>
        <source>Drawing a sample</source>
        <translation>سحب العينة</translation>
    </message>
    <message>
        <source>Ending the sample</source>
        <translation>إنهاء العينة</translation>
    </message>
    <message>
        <source>Sealing</source>
        <translation>يختم الحزمة</translation>
    </message>
    <message>
        <source>Sending</source>
        <translation>يرسل</translation>
    </message>
    <message>
        <source>Collecting the receipts</source>
        <translation>يجلب الإيصالات</translation>
    </message>
    <message>
        <source>%1 is a target now. Compare the centre&apos;s key with the centre: %2</source>
        <translation>صارت %1 وجهة. قارن مفتاح المركز مع المركز: %2</translation>
    </message>
    <message>
        <source>Writing the hand-over record</source>
        <translation>كتابة محضر التسليم والتسلم</translation>
    </message>
    <message>
        <source>The report is in %1.</source>
        <translation>التقرير في %1.</translation>
    </message>
    <message>
        <source>Writing the report</source>
        <translation>كتابة التقرير</translation>
    </message>
    <message>
        <source>Taking the image in</source>
        <translation>أخذ الصورة</translation>
    </message>
    <message>
        <source>Scanning</source>
        <translation>المسح الضوئي</translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>Archiving station</source>
        <translation>محطة الأرشفة</translation>
    </message>
    <message>
        <source>Seal</source>
        <translation>اختم</translation>
    </message>
    <message>
        <source>Seal %1?</source>
        <translation>تختم %1؟</translation>
    </message>
    <message>
        <source>The package is signed and never changed afterwards.</source>
        <translation>تُوقّع الحزمة ولا تتغيّر بعد ذلك.</translation>
    </message>
    <message>
        <source>Not yet</source>
        <translation>ليس بعد</translation>
    </message>
    <message>
        <source>Name of the person who goes on:</source>
        <translation>اسم من يكمل العمل:</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>Unsorted</source>
        <translation>غير مصنّف</translation>
    </message>
    <message>
        <source>B</source>
        <translation>بايت</translation>
    </message>
    <message>
        <source>kB</source>
        <translation>ك.ب</translation>
    </message>
    <message>
        <source>MB</source>
        <translation>م.ب</translation>
    </message>
    <message>
        <source>GB</source>
        <translation>ج.ب</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between parts of a sentence</comment>
        <translation>، </translation>
    </message>
    <message>
        <source>%1%</source>
        <comment>a share in percent</comment>
        <translation>%1٪</translation>
    </message>
</context>
</TS>
