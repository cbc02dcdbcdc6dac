"""What the archive holds: equipment, its sheet, its images, and which image of each is held out.

Images: P photograph, D drawing, S scan; `*` marks the held-out one. Scans: G several pages in Group 4, B one bilevel page, Y grey.
"""

# key: (Japanese, English, language, tag, drawing number, size in mm, parts for balloons, images, sheet path)
ITEMS = {
    "centrifugal_pump": ("渦巻ポンプ", "Centrifugal pump", "en", "P-101", "A-1023", (1240, 710), ["Discharge branch", "Motor", "Coupling guard", "Base plate"], "P P* D", "tasks/t_p101_mechanical_seal.dita"),
    "pressure_gauge": ("圧力計", "Pressure gauge", "en", "PI-204", "I-0204", (100, 128), ["Case", "Dial", "Pointer", "Socket G1/2"], "P P D*", "tasks/t_pi204_calibrate.dita"),
    "gearbox": ("減速機", "Helical gearbox", "en", "G-310", "G-310-02", (860, 690), ["Breather", "Upper housing", "Output shaft", "Lower housing"], "P P* SG", "tasks/t_g310_oil_change.dita"),
    "heat_exchanger": ("多管式熱交換器", "Heat exchanger", "en", "E-402", "H-4020", (2350, 980), ["Nozzle DN 80", "Shell", "Rear head", "Saddle"], "P D* SY", "tasks/t_e402_clean_tubes.dita"),
    "gate_valve": ("仕切弁", "Gate valve", "ja", "V-1012", "B-2107", (292, 520), ["ハンドル車", "ヨーク", "ふた", "弁箱"], "P P D*", "tasks/t_v1012_packing.dita"),
    "electric_motor": ("三相誘導電動機", "Electric motor", "ja", "M-205", "M-2051", (615, 420), ["吊りボルト", "端子箱", "フレーム", "脚"], "P P* D", "tasks/t_m205_grease.dita"),
    "belt_conveyor": ("ベルトコンベヤ", "Belt conveyor", "ja", "CV-03", "C-0300", (5200, 1150), ["搬送物", "ベルト", "フレーム", "支柱"], "P D SY*", "tasks/t_cv03_tracking.dita"),
    "robot_arm": ("溶接ロボット", "Robot arm", "ja", "RB-07", "R-0700", (1310, 1640), ["上腕", "第3軸", "第2軸", "ベース"], "P P* SG", "tasks/t_rb07_grease_j3.dita"),
    "air_compressor": ("空気圧縮機", "Air compressor", "en", "AC-11", "N-2410", (1180, 990), ["Cylinder", "Flywheel", "Motor", "Receiver"], "P* P D", "dmodules/DMC-SHOGO-A-24-10-00-00A-520A-A_001-00_en-US.XML"),
    "hydraulic_cylinder": ("油圧シリンダ", "Hydraulic cylinder", "en", "HC-80", "N-2912", (960, 420), ["Port", "Head", "Tie rod", "Rod eye"], "P D SG*", "dmodules/DMC-SHOGO-A-29-12-00-00A-520A-A_001-00_en-US.XML"),
    "cooling_tower_fan": ("冷却塔送風機", "Cooling tower fan", "en", "CT-51", "N-2151", (2400, 1860), ["Fan", "Fan stack", "Deck", "Louvres"], "P P* D", "dmodules/DMC-SHOGO-A-21-51-00-00A-310A-A_002-00_en-US.XML"),
    "crane_hook": ("天井クレーンフック", "Crane hook", "en", "OC-05", "N-2563", (380, 1240), ["Wire rope", "Block", "Swivel", "Hook"], "P* D SB", "dmodules/DMC-SHOGO-A-25-63-00-00A-310A-A_001-00_en-US.XML"),
    "boiler_burner": ("ガスバーナ", "Gas burner", "ja", "BB-41", "N-4120", (1420, 960), ["制御箱", "本体", "送風機", "架台"], "P D D*", "dmodules/DMC-SHOGO-A-41-20-00-00A-520A-A_001-00_ja-JP.XML"),
    "forklift": ("フォークリフト", "Forklift truck", "ja", "FL-08", "N-0861", (3120, 2080), ["ヘッドガード", "カウンタウェイト", "運転席", "後輪"], "P P* D", "dmodules/DMC-SHOGO-A-08-61-00-00A-310A-A_001-00_ja-JP.XML"),
    "lathe_chuck": ("旋盤三つ爪チャック", "Lathe chuck", "ja", "L-21", "C-3302", (420, 480), ["主軸台", "チャック", "爪", "加工物"], "P P D*", "手順書/旋盤チャック分解清掃.txt"),
    "bearing_housing": ("軸受箱", "Bearing housing", "ja", "F-18", "D-0516", (450, 290), ["給脂口", "上箱", "軸", "下箱"], "P P* SY", "手順書/F-18軸受交換要領.txt"),
    "chain_drive": ("チェーン駆動部", "Chain drive", "ja", "TR-05", "T-0805", (1080, 620), ["小スプロケット", "チェーン", "軸受台", "台枠"], "P D SB*", "手順書/チェーン張り調整_TR-05.txt"),
    "fire_extinguisher": ("粉末消火器", "Fire extinguisher", "ja", "FE-033", "S-0033", (200, 510), ["レバー", "ホース", "容器", "ノズル"], "P P* SG", "手順書/消火器点検.txt"),
    "emergency_stop": ("非常停止押ボタン箱", "Emergency stop box", "ja", "ES-12", "E-4412", (90, 150), ["ふた", "押ボタン", "銘板", "電線管"], "P P* D", "手順書/非常停止ES-12.txt"),
    "plc_cabinet": ("PLC盤", "PLC cabinet", "ja", "CP-9", "E-9001", (800, 1000), ["扉", "CPUユニット", "遮断器", "端子台"], "P P SY*", "手順書/PLC盤電池交換.txt"),
    "solenoid_valve": ("電磁弁", "Solenoid valve", "ja", "SV-508", "V-0508", (108, 120), ["ナット", "コイル", "端子箱", "弁箱"], "P D* SG", "手順書/旧システム/電磁弁コイル交換.txt"),
    "flow_meter": ("電磁流量計", "Flow meter", "ja", "FT-116", "I-0116", (200, 310), ["表示部", "変換器", "フランジ", "測定管"], "P P* SB", "手順書/旧システム/FT-116.txt"),
    "storage_tank": ("薬液貯槽", "Storage tank", "ja", "T-701", "T-701-1", (2400, 3650), ["手すり", "胴板", "はしご", "底板"], "P D SG*", "手順書/旧システム/T-701開放点検.txt"),
    "vibrating_feeder": ("振動フィーダ", "Vibrating feeder", "ja", "VF-2", "K-0202", (1850, 1320), ["ホッパー", "トラフ", "ばね", "台枠"], "P P* SY", "手順書/旧システム/振動フィーダばね交換.txt"),
    "limit_switch": ("リミットスイッチ", "Limit switch", "ja", "LS-41", "E-5541", (55, 160), ["ローラー", "レバー", "ヘッド", "本体"], "P D* SY", "手順書/旧システム/LS-41交換.txt"),
    "filter_housing": ("バッグフィルタ", "Filter housing", "en", "F-66", "H-6601", (520, 980), ["Lid gauge", "Swing bolt", "Vessel", "Leg"], "P P* D", "notes/filter-bag-change.md"),
    "terminal_block": ("中継端子台", "Terminal block", "ja", "TB-20", "E-2020", (186, 88), ["電線", "端子ねじ", "端子", "終端板"], "P P SG*", "notes/端子台増し締め.md"),
    "control_panel": ("操作盤", "Operator desk", "en", "OD-4", "E-0404", (1700, 1350), ["Signal tower", "Display", "Push buttons", "Doors"], "P D SB*", "notes/operator-desk.md"),
}
