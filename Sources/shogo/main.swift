import Commands

await ShogoTool.main()
